-- as: queries/case.sql
-- expect: schema/queries/case.sql:6: event_id is compared with = :event_id or the event_id of another event table, nothing else
-- expect: schema/queries/case.sql:4: wrong uses the event table submission without event_id = :event_id
-- name: wrong :many
SELECT title FROM submission
WHERE event_id >= :event_id

-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: wrong uses the event table submission without event_id = :event_id
-- expect: schema/queries/case.sql:4: wrong reads submission across events: every mention of it needs its event_id
-- name: wrong :many
SELECT title FROM submission -- event_id = :event_id
WHERE title <> 'event_id = :event_id' /* event_id = :event_id */

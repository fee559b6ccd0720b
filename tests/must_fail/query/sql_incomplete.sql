-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: incomplete input
-- name: wrong :one
SELECT title FROM submission
WHERE event_id = :event_id AND (

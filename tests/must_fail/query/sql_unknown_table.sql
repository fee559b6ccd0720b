-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: no such table: talk
-- name: wrong :one
SELECT title
FROM talk
WHERE event_id = :event_id AND id = :id

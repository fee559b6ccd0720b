-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: no such column: colour
-- name: wrong :one
SELECT title,
  colour
FROM submission
WHERE event_id = :event_id AND id = :id

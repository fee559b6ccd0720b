-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: JSON is read in the program, not in SQL
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND title -> 'a' = code

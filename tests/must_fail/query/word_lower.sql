-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: lower() is not portable: the engines fold differently; fold in the program
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND lower(title) = :title

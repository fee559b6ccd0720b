-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: == is not portable: write =
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND title == :title

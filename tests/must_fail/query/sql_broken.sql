-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: near "submission": syntax error
-- name: wrong :one
SELECT title
FORM submission WHERE event_id = :event_id

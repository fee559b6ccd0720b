-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: printf() is not portable: it is not known to be the same on both engines
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND printf('%d', id) = code

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: x'…' is not portable: store hex as TEXT
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND title = x'00'

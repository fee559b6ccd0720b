-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: rowid is not portable: use the primary key
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND rowid = 1

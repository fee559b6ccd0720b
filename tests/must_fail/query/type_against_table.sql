-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: column title is text in its table
-- name: wrong :one
-- type: title int
SELECT title FROM submission WHERE event_id = :event_id AND id = :id

-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: write `-- type: name int`, text or real
-- name: wrong :one
-- type: title string
SELECT title FROM submission WHERE event_id = :event_id AND id = :id

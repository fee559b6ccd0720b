-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: write a parameter as :name, not ?
-- name: wrong :one
SELECT title FROM submission WHERE event_id = :event_id AND id = ?2

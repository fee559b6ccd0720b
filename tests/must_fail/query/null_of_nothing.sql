-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: wrong has no parameter named room
-- name: wrong :one
-- null: room
SELECT title FROM submission WHERE event_id = :event_id AND id = :id

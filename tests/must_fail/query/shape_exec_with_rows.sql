-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong returns rows: it is :one, :maybe or :many
-- name: wrong :exec
SELECT title FROM submission WHERE event_id = :event_id AND id = :id

-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong returns no rows: it is :exec
-- name: wrong :one
DELETE FROM submission WHERE event_id = :event_id AND id = :id

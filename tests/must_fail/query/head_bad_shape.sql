-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong needs its shape: :one, :maybe, :many or :exec
-- name: wrong :all
SELECT title FROM submission WHERE event_id = :event_id AND id = :id

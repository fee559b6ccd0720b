-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: wrong is there already: schema/queries/case.sql:3
-- name: wrong :exec
DELETE FROM review WHERE event_id = :event_id AND id = :id
-- name: wrong :exec
DELETE FROM review WHERE event_id = :event_id AND id = :id

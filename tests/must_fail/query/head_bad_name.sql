-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: a statement's name is made of a-z, 0-9 and _
-- name: Wrong-one :one
SELECT title FROM submission WHERE event_id = :event_id AND id = :id

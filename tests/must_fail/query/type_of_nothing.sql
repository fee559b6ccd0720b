-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: wrong has no parameter or column named titel
-- name: wrong :one
-- type: titel text
SELECT title FROM submission WHERE event_id = :event_id AND id = :id

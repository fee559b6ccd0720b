-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: SELECT * is refused: name the columns
-- name: wrong :one
SELECT submission.* FROM submission WHERE event_id = :event_id AND id = :id

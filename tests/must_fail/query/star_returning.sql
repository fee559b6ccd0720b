-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: SELECT * is refused: name the columns
-- name: wrong :one
UPDATE submission SET state = 'draft' WHERE event_id = :event_id AND id = :id
RETURNING *

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: CAST knows BIGINT, TEXT and DOUBLE PRECISION
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND id = CAST(code AS INTEGER)

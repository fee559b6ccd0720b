-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: the type of parameter limit is unknown: say `-- type: limit int`, text or real
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
LIMIT :limit

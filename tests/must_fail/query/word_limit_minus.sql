-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: LIMIT -1 is not portable
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id LIMIT -1

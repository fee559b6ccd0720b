-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: LIMIT skip, n is not portable: write LIMIT n OFFSET skip
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id LIMIT 5, 10

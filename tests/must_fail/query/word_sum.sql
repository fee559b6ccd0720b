-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: sum() has another type on PostgreSQL: write CAST(sum(…) AS BIGINT)
-- name: wrong :one
-- type: n int
SELECT sum(id) AS n FROM submission WHERE event_id = :event_id

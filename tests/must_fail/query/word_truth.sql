-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: a truth value is no number on PostgreSQL: write CASE WHEN … THEN 1 ELSE 0 END
-- name: wrong :one
-- type: is_sent int
SELECT submitted_at IS NOT NULL AS is_sent FROM submission WHERE event_id = :event_id AND id = :id

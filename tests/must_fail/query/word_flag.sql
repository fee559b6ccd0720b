-- as: queries/case.sql
-- expect: schema/queries/case.sql:6: a number is no condition on PostgreSQL: write is_fast = 1
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND EXISTS (SELECT 1 FROM (SELECT lane AS is_fast FROM job WHERE lane = :lane) AS j
  WHERE j.is_fast)

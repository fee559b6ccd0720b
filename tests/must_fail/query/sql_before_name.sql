-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: SQL before the first `-- name:` line
SELECT 1;
-- name: wrong :one
SELECT kind FROM job WHERE lane = :lane AND id = :id

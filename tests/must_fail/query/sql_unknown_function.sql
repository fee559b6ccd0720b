-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: no such function: now
-- name: wrong :one
SELECT now() AS at

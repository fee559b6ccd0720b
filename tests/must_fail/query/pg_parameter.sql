-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: :wait stands in a pg part only: SQLite cannot bind it
-- name: wrong :one
SELECT kind FROM job WHERE lane = :lane AND id = :id /*@pg LIMIT :wait*/

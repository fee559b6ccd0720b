-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: unknown /*@postgres*/: there are @pg, @visible and @where
-- name: wrong :one
SELECT kind FROM job WHERE lane = :lane AND id = :id /*@postgres FOR UPDATE*/

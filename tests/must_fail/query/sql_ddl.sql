-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: a statement begins with SELECT, WITH, INSERT, UPDATE or DELETE
-- name: wrong :exec
DROP TABLE job

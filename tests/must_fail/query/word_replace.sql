-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: REPLACE INTO is not portable: write ON CONFLICT
-- name: wrong :exec
REPLACE INTO account (id, email) VALUES (:id, :email)

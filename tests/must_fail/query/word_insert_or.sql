-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: INSERT OR is not portable: write ON CONFLICT
-- name: wrong :exec
INSERT OR IGNORE INTO account (id, email) VALUES (:id, :email)

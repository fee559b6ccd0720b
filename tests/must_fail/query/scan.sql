-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong reads all of account: use an index, or say `-- scan: reason`
-- name: wrong :many
SELECT email FROM account WHERE locale = :locale ORDER BY email

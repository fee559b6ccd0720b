-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong reads all of account: use an index, or say `-- scan: reason`
-- name: wrong :many
SELECT a.email FROM account AS a WHERE a.locale = :locale

-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: say why the scan is right: `-- scan: reason`
-- name: wrong :many
-- scan:
SELECT email FROM account

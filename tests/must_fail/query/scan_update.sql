-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong reads all of account: use an index, or say `-- scan: reason`
-- name: wrong :exec
UPDATE account SET locale = :locale

-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong reads all of account: use an index, or say `-- scan: reason`
-- name: wrong :many
SELECT job.kind, account.email FROM job JOIN account ON account.locale = job.kind
WHERE job.lane = :lane

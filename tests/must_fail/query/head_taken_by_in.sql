-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: job_lock_in is the name of the parameters of job_lock: choose another
-- name: job_lock_in :one
SELECT kind FROM job WHERE lane = :lane AND id = :id

-- name: job_claim :maybe
-- The next job of a lane, leased.
-- type: now int
-- type: until int
UPDATE job
SET lease_until_at = :until
WHERE lane = :lane AND lease_until_at < :now AND id = (
  SELECT next.id FROM job AS next
  WHERE next.lane = :lane AND next.run_at <= :now AND next.lease_until_at < :now
  ORDER BY next.run_at LIMIT 1 /*@pg FOR UPDATE SKIP LOCKED*/)
RETURNING id, event_id, kind

-- name: job_lock :one
-- A lock is a write.
SELECT kind FROM job WHERE lane = :lane AND id = :id /*@pg FOR UPDATE*/

-- name: job_count :one
-- scan: once a day
-- type: n_jobs int
SELECT count(*) AS n_jobs FROM job

-- name: account_seen :exec
UPDATE account SET last_seen_at = :last_seen_at, locale = :locale WHERE id = :id

-- name: job_add :exec
INSERT INTO job (lane, id, event_id, kind, run_at, lease_until_at)
VALUES (:lane, :id, :event_id, :kind, :run_at, 0)

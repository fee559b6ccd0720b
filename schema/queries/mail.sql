-- name: outbox_insert :exec
INSERT INTO outbox (event_id, id, code, template, lang, model, person_id, to_name, to_email, state,
  next_attempt_at, created_at)
VALUES (:event_id, :id, :code, :template, :lang, :model, :person_id, :to_name, :to_email, 'queued',
  :next_attempt_at, :created_at);

-- name: outbox_get :maybe
SELECT code, template, lang, model, to_name, to_email, state, attempts FROM outbox
WHERE event_id = :event_id AND id = :id;

-- name: outbox_by_code :one
SELECT id, code, template, lang, model, to_name, to_email, state, attempts, next_attempt_at,
  last_error, created_at, sent_at
FROM outbox WHERE event_id = :event_id AND code = :code;

-- name: outbox_page :many
-- The newest mails before a moment, newest first.
-- type: before int
-- type: n_wanted int
SELECT code, template, to_name, to_email, state, attempts, next_attempt_at, last_error, created_at,
  sent_at
FROM outbox WHERE event_id = :event_id AND created_at < :before
ORDER BY created_at DESC, id DESC LIMIT :n_wanted;

-- name: outbox_counts :many
-- type: n int
SELECT state, count(*) AS n FROM outbox WHERE event_id = :event_id GROUP BY state ORDER BY state;

-- name: outbox_sent :exec
UPDATE outbox SET state = 'sent', sent_at = :sent_at, attempts = attempts + 1, last_error = '',
  next_attempt_at = NULL
WHERE event_id = :event_id AND id = :id;

-- name: outbox_failed :exec
-- Not accepted this time; :state is 'queued' for another try or 'failed' for good.
UPDATE outbox SET state = :state, attempts = attempts + 1, last_error = :last_error,
  next_attempt_at = :next_attempt_at
WHERE event_id = :event_id AND id = :id;

-- name: job_insert :exec
INSERT INTO job (lane, id, event_id, kind, ref_id, run_at)
VALUES (:lane, :id, :event_id, :kind, :ref_id, :run_at);

-- name: job_claim :maybe
-- Takes one due job of a lane for the owner until the lease ends.
-- type: now int
UPDATE job SET lease_until_at = :lease_until_at, owner = :owner, attempts = attempts + 1
WHERE lane = :lane AND id = (
  SELECT due.id FROM job AS due
  WHERE due.lane = :lane AND due.done_at IS NULL AND due.run_at <= :now
    AND (due.lease_until_at IS NULL OR due.lease_until_at < :now)
  ORDER BY due.run_at, due.id LIMIT 1 /*@pg FOR UPDATE SKIP LOCKED*/)
RETURNING id, event_id, kind, ref_id, attempts;

-- name: job_done :exec
UPDATE job SET done_at = :done_at, lease_until_at = NULL
WHERE lane = :lane AND id = :id AND owner = :owner;

-- name: job_retry :exec
UPDATE job SET run_at = :run_at, lease_until_at = NULL, last_error = :last_error
WHERE lane = :lane AND id = :id AND owner = :owner;

-- name: job_purge :exec
-- type: before int
DELETE FROM job WHERE lane = :lane AND done_at < :before;

-- name: lease_take :maybe
-- The lease when it is free, expired or ours already.
-- type: now int
INSERT INTO lease (name, owner, until_at) VALUES (:name, :owner, :until_at)
ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_at = excluded.until_at
WHERE lease.until_at < :now OR lease.owner = excluded.owner
RETURNING owner;

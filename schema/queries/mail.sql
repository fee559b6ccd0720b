-- name: outbox_insert :exec
INSERT INTO outbox (event_id, id, code, template, lang, model, person_id, submission_id,
  discloses, to_name, to_email, state, next_attempt_at, created_at)
VALUES (:event_id, :id, :code, :template, :lang, :model, :person_id, :submission_id,
  :discloses, :to_name, :to_email, 'queued', :next_attempt_at, :created_at);

-- name: outbox_get :maybe
-- For the job that sends it.
SELECT code, template, lang, model, to_name, to_email, state, created_at FROM outbox
WHERE event_id = :event_id AND id = :id;

-- name: outbox_by_code :maybe
-- One mail, for a reader whom the policy lets see it. Here and below, a rehearsal also shows what
-- was written to people without a place in the event: its visitors find the links there that prove
-- an address.
-- type: actor_id int
-- type: actor_roles int
-- type: is_rehearsal int
SELECT id, code, template, lang, model, to_name, to_email, state, attempts, next_attempt_at,
  last_error, created_at, sent_at, discloses, subject, body
FROM outbox WHERE event_id = :event_id AND code = :code AND (/*@visible outbox_mail*/
    OR (:is_rehearsal = 1 AND person_id IS NULL));

-- name: outbox_page :many
-- The mails before a place in the list, newest first; :state '' is all of them.
-- type: actor_id int
-- type: actor_roles int
-- type: is_rehearsal int
-- type: before_at int
-- type: before_id int
-- type: n_wanted int
SELECT id, code, template, lang, model, to_name, to_email, state, attempts, next_attempt_at,
  last_error, created_at, sent_at, subject
FROM outbox
WHERE event_id = :event_id AND created_at <= :before_at
  AND (created_at < :before_at OR id < :before_id)
  AND (:state = '' OR state = :state) AND (/*@visible outbox_mail*/
    OR (:is_rehearsal = 1 AND person_id IS NULL))
ORDER BY created_at DESC, id DESC LIMIT :n_wanted;

-- name: outbox_counts :many
-- type: actor_id int
-- type: actor_roles int
-- type: is_rehearsal int
-- type: n int
SELECT state, count(*) AS n FROM outbox
WHERE event_id = :event_id AND (/*@visible outbox_mail*/
    OR (:is_rehearsal = 1 AND person_id IS NULL))
GROUP BY state ORDER BY state;

-- name: outbox_sent :exec
UPDATE outbox SET state = 'sent', sent_at = :sent_at, subject = :subject, body = :body,
  attempts = attempts + 1, last_error = '', next_attempt_at = NULL
WHERE event_id = :event_id AND id = :id;

-- name: outbox_not_sent :exec
-- Not accepted this time; :state is 'queued' for another try or 'failed' for good.
UPDATE outbox SET state = :state, attempts = attempts + 1, last_error = :last_error,
  next_attempt_at = :next_attempt_at
WHERE event_id = :event_id AND id = :id AND state = 'queued';

-- name: outbox_queue_again :exec
-- n_changed 0: it is not a mail that has failed.
UPDATE outbox SET state = 'queued', next_attempt_at = :next_attempt_at
WHERE event_id = :event_id AND id = :id AND state = 'failed';

-- name: mail_sender :maybe
-- Whose name a mail of an event carries, and who gets the answers.
SELECT title, contact_email FROM event WHERE id = :id;

-- name: letters_of_event :many
SELECT kind, subject, body FROM letter WHERE event_id = :event_id ORDER BY kind;

-- name: job_insert :exec
INSERT INTO job (lane, id, event_id, kind, ref_id, run_at)
VALUES (:lane, :id, :event_id, :kind, :ref_id, :run_at);

-- name: jobs_due :many
-- Work of a kind that waits and that nobody holds, the oldest first.
-- type: now int
-- type: n_wanted int
SELECT lane, id FROM job
WHERE kind = :kind AND done_at IS NULL AND run_at <= :now
  AND (lease_until_at IS NULL OR lease_until_at < :now)
ORDER BY run_at, id LIMIT :n_wanted;

-- name: job_claim :maybe
-- Nothing when another process was faster.
-- type: now int
UPDATE job SET lease_until_at = :lease_until_at, owner = :owner, attempts = attempts + 1
WHERE lane = :lane AND id = :id AND done_at IS NULL AND run_at <= :now
  AND (lease_until_at IS NULL OR lease_until_at < :now)
RETURNING event_id, ref_id, attempts;

-- name: job_done :exec
-- n_changed 0: the lease ran out and another process has it.
UPDATE job SET done_at = :done_at, lease_until_at = NULL, last_error = :last_error
WHERE lane = :lane AND id = :id AND owner = :owner AND done_at IS NULL;

-- name: job_later :exec
-- n_changed as job_done.
UPDATE job SET run_at = :run_at, lease_until_at = NULL, last_error = :last_error
WHERE lane = :lane AND id = :id AND owner = :owner AND done_at IS NULL;

-- name: jobs_purge :exec
-- type: before int
DELETE FROM job WHERE lane = :lane AND done_at < :before;

-- name: lease_take :maybe
-- The lease when it is free, expired or ours already.
-- type: now int
INSERT INTO lease (name, owner, until_at) VALUES (:name, :owner, :until_at)
ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_at = excluded.until_at
WHERE lease.until_at < :now OR lease.owner = excluded.owner
RETURNING owner;

-- name: signin_links_purge :exec
-- Used or expired before a moment; all of them answer alike whether the row is there or not.
-- scan: once an hour, and the table holds what an hour and a day left
-- type: before int
DELETE FROM signin_link
WHERE expires_at < :before OR (used_at < :before AND is_reusable = 0);

-- name: outbox_purge :exec
-- For event 0, the mails of no event: each holds a sign-in link. What events write is kept.
-- type: before int
DELETE FROM outbox WHERE event_id = :event_id AND created_at < :before;

-- name: signins_purge :exec
-- scan: once an hour
-- type: before int
DELETE FROM signin WHERE expires_at < :before;

-- name: events_for_tidying :many
-- scan: once a day, all events of the installation
SELECT id, slug FROM event ORDER BY id;

-- name: drafts_unproved :one
-- Texts whose address nobody has proved since a moment.
-- type: n int
-- type: before int
SELECT count(*) AS n FROM draft_claim
WHERE event_id = :event_id AND claimed_at IS NULL AND created_at < :before;

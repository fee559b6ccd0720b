-- Documents that are printed in the queue, and what is printed in them.

-- name: print_job_insert :exec
INSERT INTO print_job (event_id, id, code, kind, person_id, options, is_check, state, percent,
  warnings, content_hash, model_sha256, sha256, size_bytes, file_name, created_at, finished_at)
VALUES (:event_id, :id, :code, :kind, :person_id, :options, :is_check, :state, :percent, :warnings,
  :content_hash, :model_sha256, :sha256, :size_bytes, :file_name, :created_at, :finished_at);

-- name: print_job_same :maybe
-- The same content, printed before; for :is_check 1 a check will do.
SELECT warnings, sha256, size_bytes FROM print_job
WHERE event_id = :event_id AND content_hash = :content_hash AND state = 'done'
  AND (:is_check = 1 OR is_check = 0)
ORDER BY finished_at DESC NULLS LAST, id DESC LIMIT 1;

-- name: print_job_by_code :maybe
-- For who asked for it and nobody else.
SELECT id, code, kind, options, is_check, state, percent, warnings, message, sha256, size_bytes,
  file_name, created_at, finished_at
FROM print_job WHERE event_id = :event_id AND code = :code AND person_id = :person_id;

-- name: print_jobs_of_person :many
-- Newest first.
SELECT code, kind, options, is_check, state, created_at FROM print_job
WHERE event_id = :event_id AND person_id = :person_id
ORDER BY created_at DESC, id DESC LIMIT 10;

-- name: print_job_get :maybe
-- For the task that prints it.
SELECT code, kind, is_check, state, model_sha256 FROM print_job
WHERE event_id = :event_id AND id = :id;

-- name: print_job_start :exec
-- n_changed 0: it was cancelled, or is done.
UPDATE print_job SET state = 'running', percent = 0
WHERE event_id = :event_id AND id = :id AND state IN ('waiting', 'running');

-- name: print_job_progress :exec
-- n_changed 0: it was cancelled.
UPDATE print_job SET percent = :percent
WHERE event_id = :event_id AND id = :id AND state = 'running';

-- name: print_job_finish :exec
-- n_changed 0: it was cancelled meanwhile.
UPDATE print_job SET state = :state, percent = :percent, warnings = :warnings, message = :message,
  sha256 = :sha256, size_bytes = :size_bytes, finished_at = :finished_at
WHERE event_id = :event_id AND id = :id AND state = 'running';

-- name: print_job_wait :exec
-- Back into the queue, because the server stops or the printer had to be replaced.
UPDATE print_job SET state = 'waiting', percent = 0
WHERE event_id = :event_id AND id = :id AND state = 'running';

-- name: print_job_cancel :exec
-- n_changed 0: it is over already, or somebody else's.
UPDATE print_job SET state = 'cancelled', finished_at = :finished_at
WHERE event_id = :event_id AND code = :code AND person_id = :person_id
  AND state IN ('waiting', 'running');

-- name: print_jobs_old :many
-- type: before int
SELECT id, sha256, model_sha256 FROM print_job
WHERE event_id = :event_id AND created_at < :before ORDER BY created_at, id;

-- name: print_jobs_purge :exec
-- type: before int
DELETE FROM print_job WHERE event_id = :event_id AND created_at < :before;

-- name: print_blobs :many
-- What the jobs that are kept still need.
SELECT sha256, model_sha256 FROM print_job WHERE event_id = :event_id ORDER BY id;

-- name: job_keep :exec
-- Its lease goes on. n_changed 0: another process has it.
UPDATE job SET lease_until_at = :lease_until_at
WHERE lane = :lane AND id = :id AND owner = :owner AND done_at IS NULL;

-- name: print_texts :many
SELECT title, text, signature FROM print_text WHERE event_id = :event_id ORDER BY position, id;

-- name: print_texts_delete :exec
DELETE FROM print_text WHERE event_id = :event_id;

-- name: print_text_insert :exec
INSERT INTO print_text (event_id, id, title, text, signature, position)
VALUES (:event_id, :id, :title, :text, :signature, :position);

-- name: book_works :many
-- Every accepted work that is not declined, with its text, in the order of their titles.
-- type: actor_roles int
-- type: theme_code text
SELECT submission.id, submission.code, submission_version.title, submission_version.abstract,
  submission_version.keywords, decision.outcome,
  coalesce((SELECT theme.code FROM version_theme JOIN theme
      ON theme.event_id = version_theme.event_id AND theme.id = version_theme.theme_id
    WHERE version_theme.event_id = submission.event_id
      AND version_theme.submission_id = submission.id
      AND version_theme.version = submission.version
    ORDER BY theme.position LIMIT 1), '') AS theme_code
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
LEFT JOIN confirmation ON confirmation.event_id = decision.event_id
  AND confirmation.decision_id = decision.id
WHERE submission.event_id = :event_id AND coalesce(confirmation.answer, 'yes') = 'yes'
  AND /*@visible accepted*/
ORDER BY submission_version.sort_key, submission.id;

-- name: book_authors :many
-- Of those works, as they are printed.
-- type: actor_roles int
-- type: name_lang text
SELECT submission.id AS submission_id, author.name, coalesce(person.name_lang, '') AS name_lang,
  author.affiliations, author.is_presenting
FROM submission
JOIN author ON author.event_id = submission.event_id AND author.submission_id = submission.id
  AND author.version = submission.version
LEFT JOIN person ON person.event_id = author.event_id AND person.id = author.person_id
WHERE submission.event_id = :event_id AND /*@visible accepted*/
ORDER BY submission.id, author.position;

-- name: sign_in_people :many
-- Who has a place in a bookable session, session by session, by name.
SELECT session.code AS session_code, registration.badge_name AS name, person.name_lang,
  registration.badge_affiliation AS affiliation
FROM booking
JOIN session ON session.event_id = booking.event_id AND session.id = booking.session_id
JOIN registration ON registration.event_id = booking.event_id
  AND registration.id = booking.registration_id
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
WHERE booking.event_id = :event_id AND booking.state = 'booked'
  AND registration.state = 'confirmed'
ORDER BY session.code, person.sort_key, registration.id;

-- name: door_people :many
-- Everybody who comes, by name.
SELECT registration.badge_name AS name, person.name_lang,
  registration.badge_affiliation AS affiliation, registration.code,
  ticket_type.title AS ticket_title
FROM registration
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
JOIN ticket_type ON ticket_type.event_id = registration.event_id
  AND ticket_type.id = registration.ticket_type_id
WHERE registration.event_id = :event_id AND registration.state = 'confirmed'
ORDER BY person.sort_key, registration.id;

-- name: invoice_purchases :many
-- What is or was to be paid; :code '' for all, :state '' for all.
-- type: received int
-- type: refunded int
SELECT purchase.id, purchase.code, purchase.payer_name, purchase.payer_address,
  purchase.payer_reference, purchase.currency, purchase.total, purchase.paid, purchase.state,
  purchase.created_at,
  coalesce((SELECT CAST(sum(payment.amount) AS BIGINT) FROM payment
    WHERE payment.event_id = purchase.event_id AND payment.purchase_id = purchase.id
      AND payment.method <> 'refund'), 0) AS received,
  coalesce((SELECT CAST(sum(payment.amount) AS BIGINT) FROM payment
    WHERE payment.event_id = purchase.event_id AND payment.purchase_id = purchase.id
      AND payment.method = 'refund'), 0) AS refunded
FROM purchase
WHERE purchase.event_id = :event_id AND purchase.total > 0
  AND (:code = '' OR purchase.code = :code) AND (:state = '' OR purchase.state = :state)
ORDER BY purchase.created_at, purchase.id;

-- name: invoice_lines :many
-- Of those, with whose place a line is.
-- type: name text
SELECT purchase_line.purchase_id, purchase_line.title, purchase_line.amount,
  coalesce(registration.badge_name, '') AS name
FROM purchase_line
JOIN purchase ON purchase.event_id = purchase_line.event_id
  AND purchase.id = purchase_line.purchase_id
LEFT JOIN registration ON registration.event_id = purchase_line.event_id
  AND registration.id = purchase_line.registration_id
WHERE purchase_line.event_id = :event_id AND (:code = '' OR purchase.code = :code)
ORDER BY purchase_line.purchase_id, purchase_line.position;

-- name: certified_guests :many
-- Who was let in, by name; :person_id 0 for all.
SELECT person.name, person.name_lang, registration.badge_affiliation AS affiliation
FROM checkin
JOIN registration ON registration.event_id = checkin.event_id
  AND registration.id = checkin.registration_id
JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
WHERE checkin.event_id = :event_id AND registration.state = 'confirmed'
  AND (:person_id = 0 OR registration.person_id = :person_id)
ORDER BY person.sort_key, registration.id;

-- name: certified_presenters :many
-- Who presented what stands in the published programme, by name; :person_id 0 for all.
SELECT author.name, person.name_lang, author.affiliations, submission_version.title
FROM published_work
JOIN submission ON submission.event_id = published_work.event_id
  AND submission.id = published_work.submission_id
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
JOIN author ON author.event_id = submission.event_id AND author.submission_id = submission.id
  AND author.version = submission.version AND author.is_presenting = 1
JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
LEFT JOIN person ON person.event_id = author.event_id AND person.id = author.person_id
WHERE published_work.event_id = :event_id AND submission.state = 'submitted'
  AND decision.released_at IS NOT NULL AND decision.outcome IN ('talk', 'poster', 'workshop')
  AND (:person_id = 0 OR author.person_id = :person_id)
ORDER BY person.sort_key NULLS LAST, author.name, submission.id;

-- name: decision_mails :many
-- The letters of decisions as they were written, oldest first; :template '' for all.
-- type: actor_id int
-- type: actor_roles int
SELECT outbox.template, outbox.lang, outbox.model, outbox.to_name, outbox.state,
  outbox.created_at, outbox.subject, outbox.body, submission.code
FROM outbox JOIN submission
  ON submission.event_id = outbox.event_id AND submission.id = outbox.submission_id
WHERE outbox.event_id = :event_id
  AND outbox.template IN ('decision_talk', 'decision_poster', 'decision_workshop',
    'decision_waitlist', 'decision_reject')
  AND (:template = '' OR outbox.template = :template) AND /*@visible selection*/
ORDER BY outbox.created_at, outbox.id;

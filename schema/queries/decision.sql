-- name: decision_board :many
-- Every live submission the chair may know of, with its decision, in the order they were sent.
-- type: actor_id int
-- type: actor_roles int
SELECT submission.id, submission.code, submission_version.title, submission_type.title AS type_title,
  submission_type.format, submission_type.minutes, decision.outcome, decision.released_at,
  confirmation.answer
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
LEFT JOIN submission_type ON submission_type.event_id = submission.event_id
  AND submission_type.id = submission_version.type_id
LEFT JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
LEFT JOIN confirmation ON confirmation.event_id = decision.event_id
  AND confirmation.decision_id = decision.id
WHERE submission.event_id = :event_id AND submission.state = 'submitted' AND /*@visible selection*/
ORDER BY submission.id;

-- name: board_themes :many
-- type: actor_id int
-- type: actor_roles int
SELECT submission.id AS submission_id, theme.code, theme.letter, theme.title, theme.hue
FROM submission
JOIN version_theme ON version_theme.event_id = submission.event_id
  AND version_theme.submission_id = submission.id AND version_theme.version = submission.version
JOIN theme ON theme.event_id = version_theme.event_id AND theme.id = version_theme.theme_id
WHERE submission.event_id = :event_id AND submission.state = 'submitted' AND /*@visible selection*/
ORDER BY submission.id, theme.position;

-- name: board_scores :many
-- Every score of every submitted review of those.
-- type: actor_id int
-- type: actor_roles int
SELECT submission.id AS submission_id, review.id AS review_id, review.person_id, criterion.weight,
  review_score.score
FROM submission
JOIN review ON review.event_id = submission.event_id AND review.submission_id = submission.id
  AND review.state = 'submitted'
JOIN review_score ON review_score.event_id = review.event_id AND review_score.review_id = review.id
JOIN criterion ON criterion.event_id = review_score.event_id
  AND criterion.id = review_score.criterion_id
WHERE submission.event_id = :event_id AND submission.state = 'submitted' AND /*@visible selection*/
ORDER BY submission.id, review.id;

-- name: decision_of_submission :maybe
SELECT id, code, version, outcome, note, staged_at, released_at, rev FROM decision
WHERE event_id = :event_id AND submission_id = :submission_id;

-- name: decision_insert :exec
INSERT INTO decision (event_id, id, code, submission_id, version, outcome, note, staged_at,
  staged_by_id)
VALUES (:event_id, :id, :code, :submission_id, :version, :outcome, :note, :staged_at,
  :staged_by_id);

-- name: decision_update :exec
-- n_changed 0: released, or changed since it was shown.
UPDATE decision SET outcome = :outcome, note = :note, version = :version, staged_at = :staged_at,
  staged_by_id = :staged_by_id, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev AND released_at IS NULL;

-- name: decision_delete :exec
-- Undecided again; n_changed 0: released already, or none.
DELETE FROM decision
WHERE event_id = :event_id AND submission_id = :submission_id AND released_at IS NULL;

-- name: decisions_staged :many
-- What a release by this chair would release, by title.
-- type: actor_id int
-- type: actor_roles int
SELECT decision.id, submission.id AS submission_id, submission.code, decision.outcome, decision.note,
  decision.rev, submission_version.title
FROM submission
JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id AND decision.released_at IS NULL
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
WHERE submission.event_id = :event_id AND submission.state = 'submitted' AND /*@visible selection*/
ORDER BY submission_version.sort_key, submission.id;

-- name: decision_release :exec
UPDATE decision SET released_at = :released_at, released_by_id = :released_by_id, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev AND released_at IS NULL;

-- name: letter_recipients :many
-- The submitter and every author with an address, each once.
SELECT person.id, person.name, person.email, person.email_key
FROM submission JOIN person
  ON person.event_id = submission.event_id AND person.id = submission.submitter_id
WHERE submission.event_id = :event_id AND submission.id = :submission_id
UNION
SELECT person.id, person.name, person.email, person.email_key
FROM author JOIN person ON person.event_id = author.event_id AND person.id = author.person_id
JOIN submission ON submission.event_id = author.event_id AND submission.id = author.submission_id
WHERE author.event_id = :event_id AND author.submission_id = :submission_id
  AND author.version = submission.version
ORDER BY 1;

-- name: confirmation_upsert :exec
INSERT INTO confirmation (event_id, decision_id, answer, answered_at, answered_by_id)
VALUES (:event_id, :decision_id, :answer, :answered_at, :answered_by_id)
ON CONFLICT (event_id, decision_id) DO UPDATE
SET answer = excluded.answer, answered_at = excluded.answered_at,
  answered_by_id = excluded.answered_by_id;

-- name: confirmation_get :maybe
SELECT answer, answered_at FROM confirmation
WHERE event_id = :event_id AND decision_id = :decision_id;

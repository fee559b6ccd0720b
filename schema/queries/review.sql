-- Assignments, conflicts of interest, reviews.

-- name: reviewers_of_event :many
-- Those who hold the role, sorted by name, with how many of the submissions that the asking chair
-- may know of they have and have done. What is hidden from the chair counts nowhere.
-- type: actor_id int
-- type: actor_roles int
-- type: n_assigned int
-- type: n_done int
SELECT person.id, person.code, person.name, person.name_lang, person.affiliation,
  (SELECT count(*) FROM assignment JOIN submission
     ON submission.event_id = assignment.event_id AND submission.id = assignment.submission_id
   WHERE assignment.event_id = person.event_id AND assignment.person_id = person.id
     AND assignment.declined_at IS NULL AND submission.state = 'submitted'
     AND /*@visible selection*/) AS n_assigned,
  (SELECT count(*) FROM review JOIN submission
     ON submission.event_id = review.event_id AND submission.id = review.submission_id
   WHERE review.event_id = person.event_id AND review.person_id = person.id
     AND review.state = 'submitted' AND submission.state = 'submitted'
     AND /*@visible selection*/) AS n_done
FROM role_grant JOIN person
  ON person.event_id = role_grant.event_id AND person.id = role_grant.person_id
WHERE role_grant.event_id = :event_id AND role_grant.role = 'reviewer'
ORDER BY person.sort_key, person.id;

-- name: reviewer_themes :many
SELECT reviewer_theme.person_id, theme.code, theme.letter, theme.hue, theme.title
FROM reviewer_theme JOIN theme
  ON theme.event_id = reviewer_theme.event_id AND theme.id = reviewer_theme.theme_id
WHERE reviewer_theme.event_id = :event_id
ORDER BY reviewer_theme.person_id, theme.position;

-- name: assignment_board :many
-- What can be assigned: each live submission the chair may know of, sorted by title.
-- type: actor_id int
-- type: actor_roles int
SELECT submission.id, submission.code, submission_version.title, submission_type.title AS type_title
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
LEFT JOIN submission_type ON submission_type.event_id = submission.event_id
  AND submission_type.id = submission_version.type_id
WHERE submission.event_id = :event_id AND submission.state = 'submitted'
  AND /*@visible selection*/
ORDER BY submission_version.sort_key, submission.id;

-- name: assignments_visible :many
-- Every assignment of those, by submission and name; declined ones too.
-- type: review_state text
-- type: actor_id int
-- type: actor_roles int
SELECT assignment.submission_id, assignment.code, assignment.declined_at, assignment.person_id,
  person.name, person.name_lang,
  CASE WHEN review.state IS NULL THEN '' ELSE review.state END AS review_state
FROM submission
JOIN assignment ON assignment.event_id = submission.event_id
  AND assignment.submission_id = submission.id
JOIN person ON person.event_id = assignment.event_id AND person.id = assignment.person_id
LEFT JOIN review ON review.event_id = assignment.event_id
  AND review.submission_id = assignment.submission_id AND review.person_id = assignment.person_id
WHERE submission.event_id = :event_id AND submission.state = 'submitted'
  AND /*@visible selection*/
ORDER BY assignment.submission_id, person.sort_key, person.id;

-- name: barred_pairs :many
-- Who must not review what: authors and conflicts, for the submissions the chair may know of.
-- type: actor_id int
-- type: actor_roles int
SELECT submission.id AS submission_id, author.person_id
FROM submission
JOIN author ON author.event_id = submission.event_id AND author.submission_id = submission.id
  AND author.version = submission.version
WHERE submission.event_id = :event_id AND author.person_id IS NOT NULL AND /*@visible selection*/
UNION
SELECT submission.id AS submission_id, submission.submitter_id AS person_id
FROM submission
WHERE submission.event_id = :event_id AND /*@visible selection*/
UNION
SELECT submission.id AS submission_id, conflict.person_id
FROM submission
JOIN conflict ON conflict.event_id = submission.event_id AND conflict.submission_id = submission.id
WHERE submission.event_id = :event_id AND /*@visible selection*/
ORDER BY 1, 2;

-- name: assignment_insert :exec
-- n_changed 0: this person has it already.
INSERT INTO assignment (event_id, id, code, submission_id, person_id, label, assigned_at,
  assigned_by_id)
VALUES (:event_id, :id, :code, :submission_id, :person_id, :label, :assigned_at, :assigned_by_id)
ON CONFLICT (event_id, submission_id, person_id) DO NOTHING;

-- name: assignment_renew :exec
-- Somebody who declined is asked again.
UPDATE assignment SET declined_at = NULL, assigned_at = :assigned_at,
  assigned_by_id = :assigned_by_id
WHERE event_id = :event_id AND submission_id = :submission_id AND person_id = :person_id
  AND declined_at IS NOT NULL;

-- name: assignment_by_code :maybe
SELECT assignment.id, assignment.submission_id, assignment.person_id,
  submission.code AS submission_code
FROM assignment JOIN submission
  ON submission.event_id = assignment.event_id AND submission.id = assignment.submission_id
WHERE assignment.event_id = :event_id AND assignment.code = :code;

-- name: assignment_labels :many
SELECT label FROM assignment WHERE event_id = :event_id AND submission_id = :submission_id
ORDER BY label;

-- name: assignment_delete :exec
-- n_changed 0: a review was written already.
DELETE FROM assignment
WHERE event_id = :event_id AND id = :id
  AND NOT EXISTS (SELECT 1 FROM review WHERE review.event_id = assignment.event_id
    AND review.submission_id = assignment.submission_id
    AND review.person_id = assignment.person_id);

-- name: assignment_decline :exec
UPDATE assignment SET declined_at = :declined_at
WHERE event_id = :event_id AND submission_id = :submission_id AND person_id = :person_id
  AND declined_at IS NULL;

-- name: person_has_role :one
-- type: n int
SELECT count(*) AS n FROM role_grant
WHERE event_id = :event_id AND person_id = :person_id AND role = :role;

-- name: conflict_insert :exec
INSERT INTO conflict (event_id, submission_id, person_id, reason, declared_at, declared_by_id)
VALUES (:event_id, :submission_id, :person_id, :reason, :declared_at, :declared_by_id)
ON CONFLICT (event_id, submission_id, person_id) DO NOTHING;

-- name: reviews_assigned :many
-- A reviewer's queue: what is left first, then by title.
-- type: review_state text
-- type: actor_id int
SELECT submission.code, submission_version.title, submission_type.title AS type_title,
  CASE WHEN review.state IS NULL THEN 'open' ELSE review.state END AS review_state,
  review.saved_at
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
LEFT JOIN submission_type ON submission_type.event_id = submission.event_id
  AND submission_type.id = submission_version.type_id
LEFT JOIN review ON review.event_id = submission.event_id
  AND review.submission_id = submission.id AND review.person_id = :actor_id
WHERE submission.event_id = :event_id AND /*@visible assigned*/
ORDER BY CASE WHEN review.state = 'submitted' THEN 1 ELSE 0 END, submission_version.sort_key,
  submission.id;

-- name: review_own :maybe
SELECT id, code, version, state, to_authors, to_chairs, saved_at, submitted_at, rev FROM review
WHERE event_id = :event_id AND submission_id = :submission_id AND person_id = :person_id;

-- name: review_scores :many
SELECT criterion.code, review_score.criterion_id, review_score.score
FROM review_score JOIN criterion
  ON criterion.event_id = review_score.event_id AND criterion.id = review_score.criterion_id
WHERE review_score.event_id = :event_id AND review_score.review_id = :review_id
ORDER BY criterion.position;

-- name: review_insert :exec
INSERT INTO review (event_id, id, code, submission_id, version, person_id, state, to_authors,
  to_chairs, saved_at, submitted_at)
VALUES (:event_id, :id, :code, :submission_id, :version, :person_id, :state, :to_authors, :to_chairs,
  :saved_at, :submitted_at);

-- name: review_update :exec
-- n_changed 0: it was changed since it was shown.
UPDATE review SET version = :version, state = :state, to_authors = :to_authors,
  to_chairs = :to_chairs, saved_at = :saved_at, submitted_at = :submitted_at, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev;

-- name: review_scores_delete :exec
DELETE FROM review_score WHERE event_id = :event_id AND review_id = :review_id;

-- name: review_score_insert :exec
INSERT INTO review_score (event_id, review_id, criterion_id, score)
VALUES (:event_id, :review_id, :criterion_id, :score);

-- name: reviews_of_submission :many
-- The submitted reviews, by label. Who sees names is the policy's question, not this statement's.
SELECT review.id, review.code, review.person_id, assignment.label, review.to_authors,
  review.to_chairs, review.submitted_at, review.version, person.name, person.name_lang
FROM review
JOIN assignment ON assignment.event_id = review.event_id
  AND assignment.submission_id = review.submission_id AND assignment.person_id = review.person_id
JOIN person ON person.event_id = review.event_id AND person.id = review.person_id
WHERE review.event_id = :event_id AND review.submission_id = :submission_id
  AND review.state = 'submitted'
ORDER BY assignment.label, review.id;

-- name: scores_of_submission :many
SELECT review.id AS review_id, criterion.code, criterion.title, criterion.weight, review_score.score
FROM review
JOIN review_score ON review_score.event_id = review.event_id AND review_score.review_id = review.id
JOIN criterion ON criterion.event_id = review_score.event_id
  AND criterion.id = review_score.criterion_id
WHERE review.event_id = :event_id AND review.submission_id = :submission_id
  AND review.state = 'submitted'
ORDER BY review.id, criterion.position;

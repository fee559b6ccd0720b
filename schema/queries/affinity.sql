-- What fits whom: the material of optimise/affinity.h, as a chair may know it. All of it is read in
-- the same transaction or not; a submission that one statement knows and another does not is left out.

-- name: affinity_texts :many
-- The newest sent text of every submission in the selection, by id.
-- type: actor_id int
-- type: actor_roles int
SELECT submission.id, submission.code, submission_version.title, submission_version.abstract,
  submission_version.keywords
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
WHERE submission.event_id = :event_id AND /*@visible selection*/
ORDER BY submission.id;

-- name: affinity_themes :many
-- type: actor_id int
-- type: actor_roles int
SELECT submission.id AS submission_id, version_theme.theme_id
FROM submission
JOIN version_theme ON version_theme.event_id = submission.event_id
  AND version_theme.submission_id = submission.id
  AND version_theme.version = submission.version
WHERE submission.event_id = :event_id AND /*@visible selection*/
ORDER BY submission.id, version_theme.theme_id;

-- name: affinity_authors :many
-- Who has written what of it: a reviewer's own texts.
-- type: actor_id int
-- type: actor_roles int
SELECT DISTINCT author.person_id, submission.id AS submission_id
FROM submission
JOIN author ON author.event_id = submission.event_id AND author.submission_id = submission.id
  AND author.version = submission.version
WHERE submission.event_id = :event_id AND author.person_id IS NOT NULL
  AND /*@visible selection*/ AND /*@visible selection_authors*/
ORDER BY author.person_id NULLS FIRST, submission.id;

-- name: affinity_profiles :many
SELECT person_id, can_review FROM reviewer_profile
WHERE event_id = :event_id ORDER BY person_id;

-- name: affinity_reviewer_themes :many
SELECT person_id, theme_id FROM reviewer_theme
WHERE event_id = :event_id ORDER BY person_id, theme_id;

-- name: affinity_bids :many
-- type: actor_id int
-- type: actor_roles int
SELECT bid.submission_id, bid.person_id, bid.bid
FROM submission
JOIN bid ON bid.event_id = submission.event_id AND bid.submission_id = submission.id
WHERE submission.event_id = :event_id AND /*@visible selection*/
ORDER BY bid.submission_id, bid.person_id;

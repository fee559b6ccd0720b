-- name: submission_standing :maybe
-- One submission, what ties a person to it and what has happened to it: the input of the policy.
-- type: is_author int
-- type: is_assigned int
-- type: has_reviewed int
-- type: has_conflict int
-- type: is_published int
-- type: actor_id int
SELECT submission.id, submission.code, submission.call_id, submission.submitter_id,
  submission.state, submission.version, submission.created_at, submission.submitted_at,
  submission.withdrawn_at, submission.rev, call.closes_at, call.deadline_zone, call.blinding,
  call.bids_open_at, call.bids_close_at,
  decision.outcome, decision.released_at,
  draft_claim.token_hash, draft_claim.claimed_at, draft_claim.email AS claim_email,
  CASE WHEN submission.submitter_id = :actor_id OR EXISTS (SELECT 1 FROM author
      WHERE author.event_id = submission.event_id AND author.submission_id = submission.id
        AND author.person_id = :actor_id AND author.version IN (0, submission.version))
    THEN 1 ELSE 0 END AS is_author,
  CASE WHEN EXISTS (SELECT 1 FROM assignment
      WHERE assignment.event_id = submission.event_id
        AND assignment.submission_id = submission.id
        AND assignment.person_id = :actor_id AND assignment.declined_at IS NULL)
    THEN 1 ELSE 0 END AS is_assigned,
  CASE WHEN EXISTS (SELECT 1 FROM review
      WHERE review.event_id = submission.event_id AND review.submission_id = submission.id
        AND review.person_id = :actor_id AND review.state = 'submitted')
    THEN 1 ELSE 0 END AS has_reviewed,
  CASE WHEN EXISTS (SELECT 1 FROM conflict
      WHERE conflict.event_id = submission.event_id AND conflict.submission_id = submission.id
        AND conflict.person_id = :actor_id)
    THEN 1 ELSE 0 END AS has_conflict,
  CASE WHEN EXISTS (SELECT 1 FROM published_work
      WHERE published_work.event_id = submission.event_id
        AND published_work.submission_id = submission.id)
    THEN 1 ELSE 0 END AS is_published
FROM submission
JOIN call ON call.event_id = submission.event_id AND call.id = submission.call_id
LEFT JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
LEFT JOIN draft_claim ON draft_claim.event_id = submission.event_id
  AND draft_claim.submission_id = submission.id
WHERE submission.event_id = :event_id AND submission.code = :code;

-- name: version_get :maybe
SELECT submission_version.type_id, submission_version.title, submission_version.abstract,
  submission_version.keywords, submission_version.note, submission_version.n_words,
  submission_version.saved_at, submission_type.code AS type_code,
  submission_type.title AS type_title, submission_type.format, submission_type.word_limit
FROM submission_version
LEFT JOIN submission_type ON submission_type.event_id = submission_version.event_id
  AND submission_type.id = submission_version.type_id
WHERE submission_version.event_id = :event_id
  AND submission_version.submission_id = :submission_id
  AND submission_version.version = :version;

-- name: authors_of_version :many
-- In the order to be printed.
SELECT position, person_id, name, email, affiliations, is_presenting FROM author
WHERE event_id = :event_id AND submission_id = :submission_id AND version = :version
ORDER BY position;

-- name: themes_of_version :many
SELECT theme.id, theme.code, theme.letter, theme.title, theme.hue
FROM version_theme JOIN theme
  ON theme.event_id = version_theme.event_id AND theme.id = version_theme.theme_id
WHERE version_theme.event_id = :event_id AND version_theme.submission_id = :submission_id
  AND version_theme.version = :version
ORDER BY theme.position;

-- name: versions_of_submission :many
SELECT version, title, n_words, saved_at FROM submission_version
WHERE event_id = :event_id AND submission_id = :submission_id AND version > 0
ORDER BY version DESC;

-- name: submission_insert :exec
INSERT INTO submission (event_id, id, code, call_id, submitter_id, state, created_at)
VALUES (:event_id, :id, :code, :call_id, :submitter_id, 'draft', :created_at);

-- name: version_insert :exec
INSERT INTO submission_version (event_id, submission_id, version, type_id, title, sort_key, abstract,
  keywords, note, n_words, saved_at, saved_by_id)
VALUES (:event_id, :submission_id, :version, :type_id, :title, :sort_key, :abstract, :keywords,
  :note, :n_words, :saved_at, :saved_by_id);

-- name: draft_update :exec
-- The one mutable version.
UPDATE submission_version SET type_id = :type_id, title = :title, sort_key = :sort_key,
  abstract = :abstract, keywords = :keywords, note = :note, n_words = :n_words,
  saved_at = :saved_at, saved_by_id = :saved_by_id
WHERE event_id = :event_id AND submission_id = :submission_id AND version = 0;

-- name: submission_bump :exec
-- n_changed 0: the draft was changed since it was shown.
UPDATE submission SET rev = rev + 1 WHERE event_id = :event_id AND id = :id AND rev = :rev;

-- name: draft_themes_delete :exec
DELETE FROM version_theme
WHERE event_id = :event_id AND submission_id = :submission_id AND version = 0;

-- name: version_theme_insert :exec
INSERT INTO version_theme (event_id, submission_id, version, theme_id)
VALUES (:event_id, :submission_id, :version, :theme_id);

-- name: draft_authors_delete :exec
DELETE FROM author WHERE event_id = :event_id AND submission_id = :submission_id AND version = 0;

-- name: author_insert :exec
INSERT INTO author (event_id, submission_id, version, position, person_id, name, email, email_key,
  affiliations, is_presenting)
VALUES (:event_id, :submission_id, :version, :position, :person_id, :name, :email, :email_key,
  :affiliations, :is_presenting);

-- name: author_set_person :exec
UPDATE author SET person_id = :person_id
WHERE event_id = :event_id AND submission_id = :submission_id AND version = 0
  AND position = :position;

-- name: version_copy :exec
-- Freezes the draft as a new version.
INSERT INTO submission_version (event_id, submission_id, version, type_id, title, sort_key, abstract,
  keywords, note, n_words, saved_at, saved_by_id)
SELECT :event_id, submission_id, :version, type_id, title, sort_key, abstract, keywords, note,
  n_words, :saved_at, saved_by_id
FROM submission_version
WHERE event_id = :event_id AND submission_id = :submission_id AND version = 0;

-- name: version_themes_copy :exec
INSERT INTO version_theme (event_id, submission_id, version, theme_id)
SELECT :event_id, submission_id, :version, theme_id FROM version_theme
WHERE event_id = :event_id AND submission_id = :submission_id AND version = 0;

-- name: version_authors_copy :exec
INSERT INTO author (event_id, submission_id, version, position, person_id, name, email, email_key,
  affiliations, is_presenting)
SELECT :event_id, submission_id, :version, position, person_id, name, email, email_key, affiliations,
  is_presenting
FROM author WHERE event_id = :event_id AND submission_id = :submission_id AND version = 0;

-- name: submission_sent :exec
UPDATE submission SET state = 'submitted', version = :version, submitted_at = :submitted_at,
  withdrawn_at = NULL
WHERE event_id = :event_id AND id = :id;

-- name: submission_withdrawn :exec
-- n_changed 0: it was not submitted.
UPDATE submission SET state = 'withdrawn', withdrawn_at = :withdrawn_at
WHERE event_id = :event_id AND id = :id AND state = 'submitted';

-- name: submissions_own :many
-- What a person wrote or is an author of, newest first, with the title of the text they see.
-- type: actor_id int
-- type: is_released int
SELECT submission.code, submission.state, submission.submitted_at, submission.version,
  submission_version.title, submission_version.saved_at, submission_type.title AS type_title,
  CASE WHEN decision.released_at IS NULL THEN '' ELSE decision.outcome END AS outcome,
  CASE WHEN decision.released_at IS NULL THEN 0 ELSE 1 END AS is_released
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id AND submission_version.version = 0
LEFT JOIN submission_type ON submission_type.event_id = submission.event_id
  AND submission_type.id = submission_version.type_id
LEFT JOIN decision ON decision.event_id = submission.event_id
  AND decision.submission_id = submission.id
WHERE submission.event_id = :event_id AND /*@visible own_submission*/
ORDER BY submission.created_at DESC, submission.id DESC LIMIT 200;

-- name: submissions_claimed :many
-- The unproved texts of one browser.
SELECT submission.code, submission.state, submission_version.title, submission_version.saved_at
FROM draft_claim
JOIN submission ON submission.event_id = draft_claim.event_id
  AND submission.id = draft_claim.submission_id
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id AND submission_version.version = 0
WHERE draft_claim.event_id = :event_id AND draft_claim.token_hash = :token_hash
  AND draft_claim.claimed_at IS NULL
ORDER BY submission.created_at DESC, submission.id DESC LIMIT 50;

-- name: submission_file_insert :exec
INSERT INTO submission_file (event_id, id, code, submission_id, kind, sha256, file_name, mime_type,
  size_bytes, uploaded_at, uploaded_by_id)
VALUES (:event_id, :id, :code, :submission_id, :kind, :sha256, :file_name, :mime_type, :size_bytes,
  :uploaded_at, :uploaded_by_id);

-- name: files_of_submission :many
SELECT code, kind, sha256, file_name, mime_type, size_bytes, uploaded_at FROM submission_file
WHERE event_id = :event_id AND submission_id = :submission_id ORDER BY uploaded_at DESC, id DESC;

-- name: submission_file_by_code :maybe
SELECT kind, sha256, file_name, mime_type, size_bytes FROM submission_file
WHERE event_id = :event_id AND submission_id = :submission_id AND code = :code;

-- name: submission_file_delete :exec
DELETE FROM submission_file
WHERE event_id = :event_id AND submission_id = :submission_id AND code = :code;

-- name: search_tokens_delete :exec
DELETE FROM search_token WHERE event_id = :event_id AND kind = :kind AND id = :id;

-- name: search_token_insert :exec
INSERT INTO search_token (event_id, token, kind, id) VALUES (:event_id, :token, :kind, :id)
ON CONFLICT (event_id, token, kind, id) DO NOTHING;

-- name: submissions_selection :many
-- What chairs and organisers work with, newest first; :state '' for all. first_author is NULL where
-- the policy does not grant it.
-- type: actor_id int
-- type: actor_roles int
SELECT submission.code, submission.state, submission.submitted_at, submission_version.title,
  submission_type.title AS type_title, author.name AS first_author
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
LEFT JOIN submission_type ON submission_type.event_id = submission.event_id
  AND submission_type.id = submission_version.type_id
LEFT JOIN author ON author.event_id = submission.event_id
  AND author.submission_id = submission.id AND author.version = submission.version
  AND author.position = 0 AND /*@visible selection_authors*/
WHERE submission.event_id = :event_id AND (:state = '' OR submission.state = :state)
  AND /*@visible selection*/
ORDER BY submission.submitted_at DESC NULLS LAST, submission.id DESC LIMIT 1000;

-- name: submissions_found :many
-- Those of them that hold a word beginning so; :word_end is the word with a last character raised.
-- type: actor_id int
-- type: actor_roles int
-- type: word text
-- type: word_end text
SELECT DISTINCT submission.code
FROM search_token JOIN submission
  ON submission.event_id = search_token.event_id AND submission.id = search_token.id
WHERE search_token.event_id = :event_id AND search_token.kind = 'submission'
  AND search_token.token >= :word AND search_token.token < :word_end
  AND /*@visible selection*/
ORDER BY submission.code;

-- name: calls_of_event :many
SELECT id, code, title, text, opens_at, closes_at, deadline_zone, blinding, n_reviews,
  reviews_due_at, bids_open_at, bids_close_at, is_published, rev
FROM call WHERE event_id = :event_id ORDER BY opens_at, id;

-- name: call_insert :exec
INSERT INTO call (event_id, id, code, title, text, opens_at, closes_at, deadline_zone, blinding,
  n_reviews, reviews_due_at, is_published)
VALUES (:event_id, :id, :code, :title, :text, :opens_at, :closes_at, :deadline_zone, :blinding,
  :n_reviews, :reviews_due_at, :is_published);

-- name: call_update :exec
-- n_changed 0: another change came first.
UPDATE call SET title = :title, text = :text, opens_at = :opens_at, closes_at = :closes_at,
  deadline_zone = :deadline_zone, blinding = :blinding, n_reviews = :n_reviews,
  reviews_due_at = :reviews_due_at, bids_open_at = :bids_open_at,
  bids_close_at = :bids_close_at, is_published = :is_published, rev = rev + 1
WHERE event_id = :event_id AND id = :id AND rev = :rev;

-- name: types_of_event :many
SELECT id, code, call_id, format, title, hint, word_limit, minutes FROM submission_type
WHERE event_id = :event_id ORDER BY position, id;

-- name: type_insert :exec
INSERT INTO submission_type (event_id, id, code, call_id, format, title, hint, word_limit, minutes,
  position)
VALUES (:event_id, :id, :code, :call_id, :format, :title, :hint, :word_limit, :minutes, :position);

-- name: criterion_insert :exec
INSERT INTO criterion (event_id, id, code, title, hint, weight, position)
VALUES (:event_id, :id, :code, :title, :hint, :weight, :position);

-- name: anchor_insert :exec
INSERT INTO criterion_anchor (event_id, criterion_id, score, text)
VALUES (:event_id, :criterion_id, :score, :text);

-- name: criteria_of_event :many
SELECT id, code, title, hint, weight FROM criterion
WHERE event_id = :event_id ORDER BY position, id;

-- name: anchors_of_event :many
SELECT criterion_id, score, text FROM criterion_anchor
WHERE event_id = :event_id ORDER BY criterion_id, score;

-- Submissions and what is said of them.

-- name: submission_by_code :one
-- A submission by its public code. The comment may hold */ and /* without harm.
SELECT id, title, state, room_id, submitted_at
FROM submission
WHERE event_id = :event_id AND code = :code;

-- name: submission_find_owner :maybe
-- Its owner, when the viewer may know.
SELECT person.name, person.pronouns
FROM submission
JOIN person ON person.event_id = submission.event_id AND person.id = submission.owner_id
WHERE submission.event_id = :event_id AND submission.code = :code
  AND /*@visible submission*/

-- name: submission_list :many
-- All that the viewer may see, with the number of finished reviews and their mean.
--
-- Sorted by title.
-- type: n_reviews int
-- type: mean_score real
-- type: is_mine int
-- type: label text
-- type: limit int
SELECT submission.id, submission.title,
  count(review.id) AS n_reviews,
  CAST(avg(review.score) AS DOUBLE PRECISION) AS mean_score,
  CASE WHEN submission.owner_id = :viewer_id THEN 1 ELSE 0 END AS is_mine,
  submission.code || ' -- "?" ' || submission.title AS label -- event_id = 5 is only a remark
FROM submission
LEFT JOIN review ON review.event_id = submission.event_id
  AND review.submission_id = submission.id AND review.finished_at IS NOT NULL
WHERE submission.event_id = :event_id AND /*@visible submission*/
GROUP BY submission.event_id, submission.id
ORDER BY submission.title, submission.submitted_at DESC NULLS LAST
LIMIT :limit

-- name: submission_reviews :many
-- The submissions of a person with each review, if any.
SELECT submission.title, review.id AS review_id, review.score, review.remark, review.finished_at
FROM submission
LEFT JOIN review ON review.event_id = submission.event_id AND review.submission_id = submission.id
WHERE submission.event_id = :event_id AND submission.owner_id = :owner_id
ORDER BY review.finished_at NULLS LAST, submission.id

-- name: submission_add :exec
-- A draft.
INSERT INTO submission (event_id, id, code, owner_id, title, state, room_id)
VALUES (:event_id, :id, :code, :owner_id, :title, 'draft', :place_id)
-- type: place_id int

-- name: submission_submit :one
-- Sends a draft; says when. NOT_FOUND when it was no draft.
-- type: now int
UPDATE submission
SET state = 'submitted', submitted_at = :now
WHERE event_id = :event_id AND id = :id AND state = 'draft'
RETURNING submitted_at, code

-- name: submission_copy :exec
-- Copies the drafts of one owner to another.
-- type: from_id int
-- type: to_id int
-- type: step int
INSERT INTO submission (event_id, id, code, owner_id, title, state)
SELECT :event_id, id + :step, code || 'x', :to_id, title, state
FROM submission
WHERE event_id = :event_id AND owner_id = :from_id AND state = 'draft'
ON CONFLICT (event_id, code) DO NOTHING

-- name: submission_delete :exec
DELETE FROM submission WHERE event_id = :event_id AND id = :id

-- name: review_visible :many
-- Reviews that the viewer may read, best first, each with its rank.
-- type: place int
-- null: room_id
SELECT review.id, review.score, review.remark,
  row_number() OVER (ORDER BY review.score DESC) AS place
FROM review
JOIN submission ON submission.event_id = review.event_id AND submission.id = review.submission_id
WHERE review.event_id = :event_id AND /*@visible review*/
  AND (:room_id IS NULL OR submission.room_id = :room_id)
ORDER BY review.score DESC, review.id

-- name: submission_titled :one
-- The one of a title; two of the same title are a fault.
SELECT id FROM submission WHERE event_id = :event_id AND title = :title

-- name: person_add :exec
INSERT INTO person (event_id, id, account_id, name, sort_key, pronouns)
VALUES (:event_id, :id, :account_id, :name, :sort_key, :pronouns)

-- name: review_add :exec
INSERT INTO review (event_id, id, submission_id, reviewer_id, score, remark, finished_at)
VALUES (:event_id, :id, :submission_id, :reviewer_id, :score, :remark, :finished_at)

-- What reviewers would like to read, and what they say of themselves.

-- name: bids_page :many
-- A page of what may be bid on, with the actor's own bid or 'none'. The order is one of their own, by
-- :salt: what stands first in a list gets more bids (Cabanac and Preuss, 2013), so nothing stands
-- first in all of them. :salt is 1 .. 1000002.
-- type: actor_id int
-- type: actor_roles int
-- type: now_ms int
-- type: salt int
-- type: n_wanted int
-- type: n_skipped int
-- type: own_bid text
SELECT submission.id, submission.code, submission_version.title, submission_version.abstract,
  submission_version.keywords, submission_type.title AS type_title,
  CASE WHEN bid.bid IS NULL THEN 'none' ELSE bid.bid END AS own_bid
FROM submission
JOIN submission_version ON submission_version.event_id = submission.event_id
  AND submission_version.submission_id = submission.id
  AND submission_version.version = submission.version
LEFT JOIN submission_type ON submission_type.event_id = submission.event_id
  AND submission_type.id = submission_version.type_id
LEFT JOIN bid ON bid.event_id = submission.event_id AND bid.submission_id = submission.id
  AND bid.person_id = :actor_id
WHERE submission.event_id = :event_id AND /*@visible biddable*/ AND /*@where bids_wanted*/
ORDER BY ((submission.id % 1000003) * :salt) % 1000003, submission.id
LIMIT :n_wanted OFFSET :n_skipped;

-- name: bids_found :one
-- How many the pages of that list have together.
-- type: actor_id int
-- type: actor_roles int
-- type: now_ms int
-- type: n int
SELECT count(*) AS n
FROM submission
LEFT JOIN bid ON bid.event_id = submission.event_id AND bid.submission_id = submission.id
  AND bid.person_id = :actor_id
WHERE submission.event_id = :event_id AND /*@visible biddable*/ AND /*@where bids_wanted*/;

-- name: bids_said :one
-- About how many of all of them the actor has said something.
-- type: actor_id int
-- type: actor_roles int
-- type: now_ms int
-- type: n_all int
-- type: n_said int
SELECT count(*) AS n_all, count(bid.bid) AS n_said
FROM submission
LEFT JOIN bid ON bid.event_id = submission.event_id AND bid.submission_id = submission.id
  AND bid.person_id = :actor_id
WHERE submission.event_id = :event_id AND /*@visible biddable*/;

-- name: bids_themes :many
-- type: actor_id int
-- type: actor_roles int
-- type: now_ms int
SELECT submission.id AS submission_id, theme.code, theme.letter, theme.title, theme.hue
FROM submission
JOIN version_theme ON version_theme.event_id = submission.event_id
  AND version_theme.submission_id = submission.id
  AND version_theme.version = submission.version
JOIN theme ON theme.event_id = version_theme.event_id AND theme.id = version_theme.theme_id
WHERE submission.event_id = :event_id AND /*@visible biddable*/
ORDER BY submission.id, theme.position;

-- name: biddable_by_code :maybe
-- type: actor_id int
-- type: actor_roles int
-- type: now_ms int
SELECT submission.id FROM submission
WHERE submission.event_id = :event_id AND submission.code = :code AND /*@visible biddable*/;

-- name: bid_own :maybe
SELECT bid FROM bid
WHERE event_id = :event_id AND submission_id = :submission_id AND person_id = :person_id;

-- name: bid_put :exec
INSERT INTO bid (event_id, submission_id, person_id, bid, bid_at)
VALUES (:event_id, :submission_id, :person_id, :bid, :bid_at)
ON CONFLICT (event_id, submission_id, person_id)
DO UPDATE SET bid = excluded.bid, bid_at = excluded.bid_at;

-- name: bid_delete :exec
DELETE FROM bid
WHERE event_id = :event_id AND submission_id = :submission_id AND person_id = :person_id;

-- name: reviewer_profile_get :maybe
SELECT can_review, saved_at FROM reviewer_profile
WHERE event_id = :event_id AND person_id = :person_id;

-- name: reviewer_profile_put :exec
INSERT INTO reviewer_profile (event_id, person_id, can_review, saved_at)
VALUES (:event_id, :person_id, :can_review, :saved_at)
ON CONFLICT (event_id, person_id)
DO UPDATE SET can_review = excluded.can_review, saved_at = excluded.saved_at;

-- name: reviewer_themes_own :many
SELECT theme.id, theme.code, theme.letter, theme.title, theme.hue
FROM reviewer_theme JOIN theme
  ON theme.event_id = reviewer_theme.event_id AND theme.id = reviewer_theme.theme_id
WHERE reviewer_theme.event_id = :event_id AND reviewer_theme.person_id = :person_id
ORDER BY theme.position;

-- name: reviewer_themes_delete :exec
DELETE FROM reviewer_theme WHERE event_id = :event_id AND person_id = :person_id;

-- name: reviewer_theme_insert :exec
INSERT INTO reviewer_theme (event_id, person_id, theme_id)
VALUES (:event_id, :person_id, :theme_id)
ON CONFLICT (event_id, person_id, theme_id) DO NOTHING;

-- What is right although it looks wrong: no rule may complain of it.

-- name: tricky_with :many
-- A chain by a recursive WITH, and a UNION.
-- type: depth int
WITH RECURSIVE chain (id, depth) AS (
  SELECT submission.id, 0 FROM submission
  WHERE submission.event_id = :event_id AND submission.id = :id
  UNION ALL
  SELECT next.id, chain.depth + 1 FROM chain
  JOIN submission AS next ON next.event_id = :event_id AND next.owner_id = chain.id
  WHERE chain.depth < 10
)
SELECT id, depth FROM chain
UNION
SELECT id, 0 FROM review WHERE event_id = :event_id
ORDER BY depth, id

-- name: tricky_aggregates :one
-- type: n_low int
-- type: total int
-- type: newest_at int
-- type: is_any int
SELECT count(*) FILTER (WHERE score < 2) AS n_low,
  CAST(coalesce(sum(id), 0) AS BIGINT) AS total,
  max(finished_at) AS newest_at,
  CASE WHEN count(*) > 0 AND EXISTS (SELECT 1 FROM person
    WHERE person.event_id = :event_id AND person.pronouns IS NOT DISTINCT FROM :pronouns)
    THEN 1 ELSE 0 END AS is_any
FROM review WHERE event_id = :event_id

-- name: tricky_least :one
-- The least of an index is found without a scan.
-- type: first_at int
SELECT min(run_at) AS first_at FROM job WHERE lane = :lane

-- name: tricky_page :many
-- A page after a key, by row values; members of a list by a subquery.
-- type: after_key text
-- type: after_id int
SELECT id, name, sort_key FROM person
WHERE event_id = :event_id AND (sort_key, id) > (:after_key, :after_id)
  AND id IN (SELECT owner_id FROM submission WHERE event_id = :event_id AND state <> 'draft')
  AND NOT EXISTS (SELECT 1 FROM review
    WHERE review.event_id = person.event_id AND review.reviewer_id = person.id)
ORDER BY sort_key, id LIMIT 50

-- name: tricky_outer :many
-- Outer joins with a subquery; what comes from it may be NULL.
-- type: n_done int
SELECT person.name, done.n_done, submission.code
FROM person
LEFT JOIN (SELECT reviewer_id, count(*) AS n_done FROM review
  WHERE event_id = :event_id GROUP BY reviewer_id) AS done ON done.reviewer_id = person.id
LEFT JOIN submission ON submission.event_id = person.event_id AND submission.owner_id = person.id
WHERE person.event_id = :event_id
ORDER BY person.sort_key, submission.code NULLS FIRST

-- name: tricky_upsert :one
-- One review of a reviewer; a second one replaces it.
INSERT INTO review (event_id, id, submission_id, reviewer_id, score, remark, finished_at)
VALUES (:event_id, :id, :submission_id, :reviewer_id, :score, :remark, :finished_at)
ON CONFLICT (event_id, submission_id, reviewer_id) DO UPDATE
SET score = excluded.score, remark = coalesce(excluded.remark, review.remark),
  finished_at = excluded.finished_at
RETURNING id

-- name: tricky_update_from :exec
-- type: step real
UPDATE review SET score = review.score + :step, remark = sent.title
FROM (SELECT id, title FROM submission WHERE event_id = :event_id AND state = 'submitted') AS sent
WHERE review.event_id = :event_id AND sent.id = review.submission_id

-- name: tricky_global :exec
-- A global table may name an event, and change it.
UPDATE job SET event_id = :event_id WHERE lane = :lane AND id = :id

-- name: tricky_directory :many
-- Two global tables; every word of the next line is only text: SELECT * FROM submission LIKE.
SELECT account.email, job.kind, job.event_id
FROM job JOIN account ON account.id = job.id
WHERE job.lane = :lane AND job.kind <> 'SELECT * LIKE ''iif(1)'' -- "'
ORDER BY job.run_at

-- name: finished_of_owner :many
-- A predicate of where.sql within one of policy.sql's reach.
SELECT submission.title, review.score
FROM submission
JOIN review ON review.event_id = submission.event_id AND review.submission_id = submission.id
WHERE submission.event_id = :event_id AND /*@visible submission*/ AND /*@where finished*/
ORDER BY review.id

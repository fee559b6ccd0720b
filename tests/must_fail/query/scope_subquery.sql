-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong reads review across events: every mention of it needs its event_id
-- name: wrong :many
-- type: n int
SELECT title, (SELECT count(*) FROM review WHERE review.submission_id = submission.id) AS n
FROM submission WHERE event_id = :event_id

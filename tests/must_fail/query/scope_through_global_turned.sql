-- as: queries/case.sql
-- expect: schema/queries/case.sql:7: event_id is compared with = :event_id or the event_id of another event table, nothing else
-- name: wrong :many
SELECT submission.title, review.remark
FROM submission
JOIN job ON job.lane = 1 AND job.id = submission.id
JOIN review ON job.event_id = review.event_id AND review.id = 5
WHERE submission.event_id = :event_id

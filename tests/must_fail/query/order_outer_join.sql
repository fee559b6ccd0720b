-- as: queries/case.sql
-- expect: schema/queries/case.sql:7: score may be NULL: write NULLS FIRST or NULLS LAST
-- name: wrong :many
SELECT submission.title FROM submission
LEFT JOIN review AS r ON r.event_id = submission.event_id AND r.submission_id = submission.id
WHERE submission.event_id = :event_id
ORDER BY r.score, submission.id

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: submitted_at may be NULL: write NULLS FIRST or NULLS LAST
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
ORDER BY submitted_at DESC

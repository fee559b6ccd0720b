-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: submitted_at may be NULL: write NULLS FIRST or NULLS LAST
-- name: wrong :many
-- type: place int
SELECT title, row_number() OVER (ORDER BY submitted_at) AS place
FROM submission WHERE event_id = :event_id

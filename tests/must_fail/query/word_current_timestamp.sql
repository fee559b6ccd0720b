-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: CURRENT_TIMESTAMP is not portable: time comes in as a parameter
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND title < CURRENT_TIMESTAMP

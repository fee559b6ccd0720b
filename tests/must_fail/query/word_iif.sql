-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: iif() is not portable: write CASE WHEN
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND iif(room_id = 1, 1, 0) = 1

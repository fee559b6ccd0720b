-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: max() of several values is not portable: write CASE WHEN
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND id = max(room_id, 1)

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: place_id may be NULL: write NULLS FIRST or NULLS LAST
-- name: wrong :many
SELECT room_id AS place_id FROM submission WHERE event_id = :event_id
ORDER BY title, place_id

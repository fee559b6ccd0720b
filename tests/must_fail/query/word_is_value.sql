-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: IS is not portable between values: write = or IS NOT DISTINCT FROM
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND room_id IS :room_id

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: COLLATE is not portable: order by sort_key
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND title = :title COLLATE NOCASE

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: GLOB is not portable: search by search_token
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND title GLOB :title

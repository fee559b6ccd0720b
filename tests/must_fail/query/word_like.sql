-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: LIKE is not portable: the engines differ in case; search by search_token
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
AND title LIKE :title

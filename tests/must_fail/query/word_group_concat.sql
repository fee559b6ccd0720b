-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: group_concat() is not portable: join the texts in the program
-- name: wrong :one
-- type: titles text
SELECT group_concat(title) AS titles FROM submission WHERE event_id = :event_id

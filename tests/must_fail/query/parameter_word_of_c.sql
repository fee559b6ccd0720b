-- as: queries/case.sql
-- expect: schema/queries/case.sql:6: parameter long is a word of C: choose another name
-- name: wrong :one
-- type: long int
SELECT title FROM submission
WHERE event_id = :event_id AND id = :long

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: column register is a word of C: choose another name
-- name: wrong :one
-- type: register text
SELECT code AS register FROM submission WHERE event_id = :event_id AND id = :id

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: parameter wanted is int, but column title of submission is text
-- name: wrong :exec
-- type: wanted int
UPDATE submission SET title = :wanted WHERE event_id = :event_id AND id = :id

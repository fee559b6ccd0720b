-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: event_id of a row never changes
-- name: wrong :exec
UPDATE submission SET title = :title,
  event_id = :event_id WHERE event_id = :event_id AND id = :id

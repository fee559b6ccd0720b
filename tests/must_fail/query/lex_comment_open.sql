-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: this comment is not closed
-- name: wrong :exec
DELETE FROM review WHERE event_id = :event_id AND id = :id
/* not closed

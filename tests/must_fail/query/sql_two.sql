-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: one statement a name: a second one begins here
-- name: wrong :exec
DELETE FROM review WHERE event_id = :event_id AND id = :id;
DELETE FROM submission WHERE event_id = :event_id AND id = :id;

-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: event_id of a new row is :event_id
-- name: wrong :exec
INSERT INTO person (event_id, id, name, sort_key)
VALUES (1, :id, :name, :sort_key)

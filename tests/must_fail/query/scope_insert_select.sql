-- as: queries/case.sql
-- expect: schema/queries/case.sql:6: event_id of a new row is :event_id
-- name: wrong :exec
-- scan: all
INSERT INTO person (event_id, id, name, sort_key)
SELECT event_id, id, kind, kind FROM job WHERE lane = :lane

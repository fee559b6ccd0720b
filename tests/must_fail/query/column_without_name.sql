-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: column count(*) needs a name of a-z, 0-9 and _: use AS
-- name: wrong :one
SELECT count(*) FROM submission WHERE event_id = :event_id

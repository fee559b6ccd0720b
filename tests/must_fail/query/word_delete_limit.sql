-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: UPDATE and DELETE have no LIMIT on PostgreSQL: choose the rows by IN (…)
-- name: wrong :exec
DELETE FROM submission WHERE event_id = :event_id LIMIT 1

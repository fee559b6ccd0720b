-- as: queries/case.sql
-- expect: schema/queries/case.sql:6: this string is not closed
-- expect: schema/queries/case.sql:6: incomplete input
-- name: wrong :exec
DELETE FROM review WHERE event_id = :event_id AND id = :id
AND remark = 'not closed

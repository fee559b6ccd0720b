-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: two columns are named id: use AS
-- name: wrong :one
SELECT submission.id, person.id
FROM submission JOIN person ON person.event_id = submission.event_id
  AND person.id = submission.owner_id
WHERE submission.event_id = :event_id AND submission.code = :code

-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong reads person across events: every mention of it needs its event_id
-- name: wrong :many
-- scan: does not help
SELECT submission.title, person.name
FROM submission JOIN person ON person.id = submission.owner_id
WHERE submission.event_id = :event_id

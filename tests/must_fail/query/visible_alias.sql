-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: wrong asks for visible submission: name that table without an alias
-- expect: schema/queries/policy.sql:6: no such column: submission.owner_id
-- name: wrong :many
SELECT s.title FROM submission AS s WHERE s.event_id = :event_id
  AND /*@visible submission*/

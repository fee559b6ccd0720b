-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: where.sql has no predicate named talk
-- name: wrong :many
SELECT title FROM submission WHERE event_id = :event_id
  AND /*@where talk*/

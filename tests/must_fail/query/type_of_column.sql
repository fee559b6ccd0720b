-- as: queries/case.sql
-- expect: schema/queries/case.sql:5: the type of column amount is unknown: say `-- type: amount int`, text or real
-- name: wrong :many
SELECT state,
  count(*) AS amount
FROM submission WHERE event_id = :event_id GROUP BY state

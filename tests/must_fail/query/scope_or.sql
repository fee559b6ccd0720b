-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong reads submission across events: every mention of it needs its event_id
-- name: wrong :many
SELECT title FROM submission
WHERE event_id = :event_id AND state = 'draft' OR state = 'submitted'

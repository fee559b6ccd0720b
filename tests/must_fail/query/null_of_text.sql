-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: `-- null: code` is for integers: a text may be NULL, a real never
-- name: wrong :one
-- null: code
SELECT title FROM submission WHERE event_id = :event_id AND code = :code

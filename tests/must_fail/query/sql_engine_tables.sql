-- as: queries/case.sql
-- expect: schema/queries/case.sql:3: wrong reads the engine's own tables
-- name: wrong :many
-- scan: curiosity
-- type: name text
SELECT name FROM sqlite_schema

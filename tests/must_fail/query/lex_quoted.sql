-- as: queries/case.sql
-- expect: schema/queries/case.sql:4: quoted names are refused: choose a name that needs no quotes
-- name: wrong :one
SELECT "title" FROM submission WHERE event_id = :event_id AND id = :id

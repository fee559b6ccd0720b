-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:3: window cannot be the name of a table: PostgreSQL keeps it
CREATE TABLE window (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (event_id, id)
) STRICT;

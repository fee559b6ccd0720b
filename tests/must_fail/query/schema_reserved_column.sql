-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: user cannot be the name of a column: PostgreSQL keeps it
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  user TEXT NOT NULL,
  PRIMARY KEY (event_id, id)
) STRICT;

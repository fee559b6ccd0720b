-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: CURRENT_TIMESTAMP is not portable: time comes in as a parameter
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (event_id, id)
) STRICT;

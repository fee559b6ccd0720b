-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: column score of wrong: REAL is NOT NULL
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  score REAL,
  PRIMARY KEY (event_id, id)
) STRICT;

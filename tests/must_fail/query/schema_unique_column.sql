-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: event_id must lead UNIQUE and PRIMARY KEY of the event table wrong
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  PRIMARY KEY (event_id, id)
) STRICT;

-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:8: event_id must lead UNIQUE and PRIMARY KEY of the event table wrong
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (event_id, id),
  UNIQUE (code, event_id)
) STRICT;

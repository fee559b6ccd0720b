-- as: migrations/0005_case.sql
-- expect: schema/migrations/0005_case.sql:1: migrations have no gaps: this one should be 0003_case.sql
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (event_id, id)
) STRICT;

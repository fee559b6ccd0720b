-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: column twice of wrong is generated: compute it in the program
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  twice INTEGER NOT NULL AS (id * 2) STORED,
  PRIMARY KEY (event_id, id)
) STRICT;

-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: column is_open of wrong: is_, has_ and _at are INTEGER
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  is_open TEXT NOT NULL,
  PRIMARY KEY (event_id, id)
) STRICT;

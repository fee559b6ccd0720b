-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: column starts_on of wrong: _on is TEXT
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  starts_on INTEGER NOT NULL,
  PRIMARY KEY (event_id, id)
) STRICT;

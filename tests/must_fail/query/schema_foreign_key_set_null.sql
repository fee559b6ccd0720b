-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:8: foreign key of wrong: SET NULL would clear event_id as well
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  person_id INTEGER,
  PRIMARY KEY (event_id, id),
  FOREIGN KEY (event_id, person_id) REFERENCES person ON DELETE SET NULL
) STRICT;

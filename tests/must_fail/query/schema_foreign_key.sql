-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:8: event_id must lead each foreign key of the event table wrong
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  FOREIGN KEY (person_id, event_id) REFERENCES person (id, event_id)
) STRICT;

-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:8: foreign key of wrong: there is no table talk
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  talk_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  FOREIGN KEY (event_id, talk_id) REFERENCES talk (event_id, id)
) STRICT;

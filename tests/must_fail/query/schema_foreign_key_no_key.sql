-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:8: foreign key of wrong: it must name a whole key of submission
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (event_id, id),
  FOREIGN KEY (event_id, title) REFERENCES submission (event_id, title)
) STRICT;

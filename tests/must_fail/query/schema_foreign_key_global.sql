-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: foreign key of the event table wrong to account, which is global: drop it
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  account_id INTEGER REFERENCES account (id),
  PRIMARY KEY (event_id, id)
) STRICT;

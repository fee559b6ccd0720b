-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: column seats of wrong: an INTEGER that may be NULL is named _at or _id
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  seats INTEGER, -- how many
  PRIMARY KEY (event_id, id)
) STRICT;

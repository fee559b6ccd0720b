-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: column picture of wrong: types are INTEGER, TEXT and REAL
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  picture BLOB,
  PRIMARY KEY (event_id, id)
) STRICT;

-- as: migrations/3_case.sql
-- expect: schema/migrations/3_case.sql:1: a migration is called NNNN_name.sql
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (event_id, id)
) STRICT;

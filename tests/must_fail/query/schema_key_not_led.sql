-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:3: the primary key of wrong does not start with event_id: make it so, or say `-- global: reason` above
CREATE TABLE wrong (
  id INTEGER NOT NULL,
  event_id INTEGER NOT NULL,
  PRIMARY KEY (id, event_id)
) STRICT;

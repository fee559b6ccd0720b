-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:4: the primary key of wrong does not start with event_id: make it so, or say `-- global: reason` above
-- global:
CREATE TABLE wrong (
  id INTEGER PRIMARY KEY
) STRICT;

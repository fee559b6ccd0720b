-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:3: table wrong is not STRICT
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (event_id, id)
);

-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: near "(": syntax error
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL
  PRIMARY KEY (event_id, id)
) STRICT

-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:6: GLOB is not portable: search by search_token
CREATE TABLE wrong (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  code TEXT NOT NULL CHECK (code GLOB 'a*'),
  PRIMARY KEY (event_id, id)
) STRICT;

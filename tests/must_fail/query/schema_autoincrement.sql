-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:5: AUTOINCREMENT is not portable: the program makes the ids
-- global: a test
CREATE TABLE wrong (
  id INTEGER PRIMARY KEY AUTOINCREMENT
) STRICT;

-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:3: a migration creates, alters and drops tables and indexes, and changes rows; nothing else
CREATE TRIGGER wrong AFTER DELETE ON submission BEGIN SELECT 1; END;

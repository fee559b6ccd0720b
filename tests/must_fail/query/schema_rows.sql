-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:3: NOT NULL constraint failed: account.email
INSERT INTO account (id, email) VALUES (1, NULL);

-- as: migrations/0003_case.sql
-- expect: schema/migrations/0003_case.sql:3: event_id must lead index wrong of the event table submission
CREATE INDEX wrong ON submission (title);

CREATE TABLE review (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  reviewer_id INTEGER NOT NULL,
  score REAL NOT NULL,
  remark TEXT,
  finished_at INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, submission_id, reviewer_id),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission ON DELETE CASCADE,
  FOREIGN KEY (event_id, reviewer_id) REFERENCES person
) STRICT;

-- Jobs of all events wait in one line.
-- global: the workers serve every event
CREATE TABLE job (
  lane INTEGER NOT NULL,
  id INTEGER NOT NULL,
  event_id INTEGER,
  kind TEXT NOT NULL,
  run_at INTEGER NOT NULL,
  lease_until_at INTEGER NOT NULL,
  PRIMARY KEY (lane, id)
) STRICT;
CREATE INDEX job_by_time ON job (lane, run_at);

ALTER TABLE account ADD COLUMN locale TEXT;

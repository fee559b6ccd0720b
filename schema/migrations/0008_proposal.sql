-- What solvers propose: assignments, seats in masterclasses, timetables.

-- A question to a solver and its answer, worked out in the queue. It is made of what its asker may
-- see, and only the asker ever gets it.
CREATE TABLE proposal (
  event_id    INTEGER NOT NULL,
  id          INTEGER NOT NULL,
  code        TEXT    NOT NULL,
  kind        TEXT    NOT NULL CHECK (kind IN ('assignment', 'allocation', 'timetable')),
  person_id   INTEGER NOT NULL,               -- who asked
  roles       INTEGER NOT NULL,               -- theirs when they asked (enum role)
  options     TEXT    NOT NULL,               -- JSON: what was chosen
  seed        INTEGER NOT NULL,
  seconds     INTEGER NOT NULL CHECK (seconds BETWEEN 1 AND 600),
  state       TEXT    NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  percent     INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
  doing       TEXT    NOT NULL DEFAULT '',    -- what the solver is at, and how good it is
  result      TEXT    NOT NULL DEFAULT '',    -- JSON: planning/<kind>_plan.h
  message     TEXT    NOT NULL DEFAULT '',    -- why it failed
  undo        TEXT    NOT NULL DEFAULT '',    -- JSON: what to put back
  accepted_at INTEGER,
  undone_at   INTEGER,
  created_at  INTEGER NOT NULL,
  finished_at INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX proposal_by_person ON proposal (event_id, person_id, kind, created_at);
CREATE INDEX proposal_by_time ON proposal (event_id, created_at);

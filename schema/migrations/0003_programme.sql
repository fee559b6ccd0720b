-- Rooms, sessions, what is presented in them, masterclasses, and what was published.

CREATE TABLE room (
  event_id INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  code     TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  capacity INTEGER NOT NULL DEFAULT 0,         -- seats; 0: not known
  notes    TEXT    NOT NULL DEFAULT '',        -- equipment, step-free access
  position INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code)
) STRICT;

-- What is offered; its sessions are the repeats.
CREATE TABLE masterclass (
  event_id INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  code     TEXT    NOT NULL,
  title    TEXT    NOT NULL,
  summary  TEXT    NOT NULL DEFAULT '',
  outcomes TEXT    NOT NULL DEFAULT '',        -- learning outcomes, one a line
  position INTEGER NOT NULL,
  rev      INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code)
) STRICT;

-- A placed block of the programme. capacity 0: nothing to book. taken counts booked and offered
-- seats and is only changed by one conditional UPDATE.
CREATE TABLE session (
  event_id       INTEGER NOT NULL,
  id             INTEGER NOT NULL,
  code           TEXT    NOT NULL,
  kind           TEXT    NOT NULL CHECK (kind IN ('plenary', 'keynote', 'parallel', 'poster',
                   'masterclass', 'workshop', 'panel', 'debate', 'break', 'social')),
  title          TEXT    NOT NULL,
  summary        TEXT    NOT NULL DEFAULT '',  -- about the session; a debate's motion
  masterclass_id INTEGER,
  room_id        INTEGER,                      -- NULL: not placed yet, or everywhere
  starts_at      INTEGER,
  ends_at        INTEGER,
  capacity       INTEGER NOT NULL DEFAULT 0,
  taken          INTEGER NOT NULL DEFAULT 0,
  rev            INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, room_id) REFERENCES room (event_id, id),
  FOREIGN KEY (event_id, masterclass_id) REFERENCES masterclass (event_id, id),
  CHECK (taken BETWEEN 0 AND capacity),
  CHECK (starts_at IS NULL OR ends_at > starts_at)
) STRICT;
CREATE INDEX session_by_time ON session (event_id, starts_at);
CREATE INDEX session_by_room ON session (event_id, room_id);
CREATE INDEX session_by_masterclass ON session (event_id, masterclass_id);

CREATE TABLE session_person (
  event_id   INTEGER NOT NULL,
  session_id INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,
  role       TEXT    NOT NULL CHECK (role IN ('chair', 'speaker', 'facilitator', 'panellist',
                                              'for', 'against')),
  position   INTEGER NOT NULL,
  PRIMARY KEY (event_id, session_id, person_id, role),
  FOREIGN KEY (event_id, session_id) REFERENCES session (event_id, id),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX session_person_by_person ON session_person (event_id, person_id);

-- An item within a session, usually an accepted submission.
CREATE TABLE presentation (
  event_id      INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  code          TEXT    NOT NULL,
  session_id    INTEGER NOT NULL,
  submission_id INTEGER,
  title         TEXT    NOT NULL DEFAULT '',   -- of an item without submission
  minutes       INTEGER NOT NULL,
  position      INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  UNIQUE (event_id, submission_id),
  FOREIGN KEY (event_id, session_id) REFERENCES session (event_id, id),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id)
) STRICT;
CREATE INDEX presentation_of_session ON presentation (event_id, session_id);

-- What was published: pages, calendars and print read the snapshot, never the working copy.
CREATE TABLE programme_version (
  event_id        INTEGER NOT NULL,
  version         INTEGER NOT NULL,
  note            TEXT    NOT NULL DEFAULT '', -- what changed, in a sentence
  snapshot        TEXT    NOT NULL,            -- JSON
  published_at    INTEGER NOT NULL,
  published_by_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, version)
) STRICT;

-- The works that stand in the newest of them: they are public from then on.
CREATE TABLE published_work (
  event_id      INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, submission_id),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id)
) STRICT;

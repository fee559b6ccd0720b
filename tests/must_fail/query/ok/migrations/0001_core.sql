-- A small event: what the statements beside it need, and no more.

-- global: who signs in, whatever the event
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  last_seen_at INTEGER -- NULL: never; isn't "nothing"?
) STRICT;

CREATE TABLE person (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  account_id INTEGER,
  name TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  pronouns TEXT,
  PRIMARY KEY (event_id, id)
) STRICT;
CREATE INDEX person_by_sort_key ON person (event_id, sort_key);

CREATE TABLE submission (
  event_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  code TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'withdrawn')),
  room_id INTEGER,
  submitted_at INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, owner_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX submission_by_owner ON submission (event_id, owner_id);

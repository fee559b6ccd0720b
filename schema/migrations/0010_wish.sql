-- Wishes for masterclasses, and the seats that were given by them.

-- How an event gives seats: to who comes first, or by wishes that are ranked until a date. From
-- seats_given_at on booking opens for what is left.
ALTER TABLE event ADD COLUMN is_by_wishes INTEGER NOT NULL DEFAULT 0 CHECK (is_by_wishes IN (0, 1));
ALTER TABLE event ADD COLUMN wishes_open_at INTEGER;
ALTER TABLE event ADD COLUMN wishes_close_at INTEGER;
ALTER TABLE event ADD COLUMN most_seats INTEGER NOT NULL DEFAULT 2 CHECK (most_seats BETWEEN 1 AND 8);
ALTER TABLE event ADD COLUMN seats_given_at INTEGER;

-- Kinds of tickets whose holders are served before all others.
CREATE TABLE wish_first (
  event_id       INTEGER NOT NULL,
  ticket_type_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, ticket_type_id),
  FOREIGN KEY (event_id, ticket_type_id) REFERENCES ticket_type (event_id, id)
) STRICT;

-- Somebody who wishes. The code is told to them alone and stands for them in the published result.
CREATE TABLE wisher (
  event_id        INTEGER NOT NULL,
  registration_id INTEGER NOT NULL,
  code            TEXT    NOT NULL,
  outcome         TEXT    NOT NULL DEFAULT '', -- JSON: what became of each wish, and why
  changed_at      INTEGER NOT NULL,
  PRIMARY KEY (event_id, registration_id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, registration_id) REFERENCES registration (event_id, id)
) STRICT;

CREATE TABLE wish (
  event_id        INTEGER NOT NULL,
  registration_id INTEGER NOT NULL,
  masterclass_id  INTEGER NOT NULL,
  rank            INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 32), -- 1: wanted most
  PRIMARY KEY (event_id, registration_id, masterclass_id),
  FOREIGN KEY (event_id, registration_id) REFERENCES wisher (event_id, registration_id),
  FOREIGN KEY (event_id, masterclass_id) REFERENCES masterclass (event_id, id)
) STRICT;
CREATE INDEX wish_of_masterclass ON wish (event_id, masterclass_id, rank);

-- The one allocation that was carried out, as it is published.
CREATE TABLE allocation (
  event_id    INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  method      TEXT    NOT NULL CHECK (method IN ('draft', 'exact')),
  seed        INTEGER NOT NULL,
  figures     TEXT    NOT NULL,                -- JSON: planning/allocation_plan.h
  result      TEXT    NOT NULL,                -- JSON: optimise/allocate.h, "allocation-result-1"
  given_by_id INTEGER NOT NULL,
  given_at    INTEGER NOT NULL,
  PRIMARY KEY (event_id)
) STRICT;

-- Tickets, money, bookings, the door.

CREATE TABLE ticket_type (
  event_id    INTEGER NOT NULL,
  id          INTEGER NOT NULL,
  code        TEXT    NOT NULL,
  title       TEXT    NOT NULL,
  description TEXT    NOT NULL DEFAULT '',
  price       INTEGER NOT NULL CHECK (price >= 0), -- minor units of the event's currency
  capacity    INTEGER NOT NULL,
  taken       INTEGER NOT NULL DEFAULT 0,
  closes_at   INTEGER,                         -- the early fee ends
  position    INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  CHECK (taken BETWEEN 0 AND capacity)
) STRICT;

-- A payer and what they owe; one purchase has many registrations.
CREATE TABLE purchase (
  event_id      INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  code          TEXT    NOT NULL,              -- the payment reference
  payer_name    TEXT    NOT NULL,
  payer_email   TEXT    NOT NULL,
  payer_address TEXT    NOT NULL DEFAULT '',
  payer_reference TEXT  NOT NULL DEFAULT '',   -- their purchase number
  currency      TEXT    NOT NULL,
  total         INTEGER NOT NULL CHECK (total >= 0),
  paid          INTEGER NOT NULL DEFAULT 0,
  state         TEXT    NOT NULL CHECK (state IN ('open', 'paid', 'cancelled')),
  created_at    INTEGER NOT NULL,
  rev           INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code)
) STRICT;

CREATE TABLE registration (
  event_id       INTEGER NOT NULL,
  id             INTEGER NOT NULL,
  code           TEXT    NOT NULL,             -- printed on the badge under the QR code
  person_id      INTEGER NOT NULL,
  ticket_type_id INTEGER NOT NULL,
  purchase_id    INTEGER NOT NULL,
  state          TEXT    NOT NULL CHECK (state IN ('confirmed', 'cancelled')),
  badge_name     TEXT    NOT NULL,
  badge_affiliation TEXT NOT NULL DEFAULT '',
  ticket_hash    TEXT    NOT NULL,             -- of the 128-bit secret in the QR code
  ticket_serial  INTEGER NOT NULL DEFAULT 1,   -- raised to void a lost ticket
  created_at     INTEGER NOT NULL,
  rev            INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  UNIQUE (event_id, person_id),
  UNIQUE (event_id, ticket_hash),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id),
  FOREIGN KEY (event_id, ticket_type_id) REFERENCES ticket_type (event_id, id),
  FOREIGN KEY (event_id, purchase_id) REFERENCES purchase (event_id, id)
) STRICT;
CREATE INDEX registration_by_purchase ON registration (event_id, purchase_id);
CREATE INDEX registration_by_ticket_type ON registration (event_id, ticket_type_id);

CREATE TABLE purchase_line (
  event_id        INTEGER NOT NULL,
  purchase_id     INTEGER NOT NULL,
  position        INTEGER NOT NULL,
  registration_id INTEGER,
  title           TEXT    NOT NULL,
  amount          INTEGER NOT NULL,
  PRIMARY KEY (event_id, purchase_id, position),
  FOREIGN KEY (event_id, purchase_id) REFERENCES purchase (event_id, id)
) STRICT;

CREATE TABLE payment (
  event_id       INTEGER NOT NULL,
  id             INTEGER NOT NULL,
  code           TEXT    NOT NULL,
  purchase_id    INTEGER NOT NULL,
  amount         INTEGER NOT NULL,
  method         TEXT    NOT NULL CHECK (method IN ('bank', 'card', 'cash', 'waived', 'refund')),
  reference      TEXT    NOT NULL DEFAULT '',
  received_on    TEXT    NOT NULL,
  recorded_at    INTEGER NOT NULL,
  recorded_by_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, purchase_id) REFERENCES purchase (event_id, id)
) STRICT;
CREATE INDEX payment_of_purchase ON payment (event_id, purchase_id);

-- Apart from the registration: read by the person, the catering role and the organiser who asks;
-- erased on a date.
CREATE TABLE registration_need (
  event_id        INTEGER NOT NULL,
  registration_id INTEGER NOT NULL,
  dietary         TEXT    NOT NULL DEFAULT '',
  access_needs    TEXT    NOT NULL DEFAULT '',
  consented_at    INTEGER NOT NULL,
  erase_on        TEXT    NOT NULL,
  PRIMARY KEY (event_id, registration_id),
  FOREIGN KEY (event_id, registration_id) REFERENCES registration (event_id, id)
) STRICT;

-- A place in a bookable session, or in its waiting list (in order of asked_at, id).
CREATE TABLE booking (
  event_id         INTEGER NOT NULL,
  id               INTEGER NOT NULL,
  code             TEXT    NOT NULL,
  session_id       INTEGER NOT NULL,
  registration_id  INTEGER NOT NULL,
  state            TEXT    NOT NULL CHECK (state IN ('booked', 'waiting', 'offered')),
  asked_at         INTEGER NOT NULL,
  offered_until_at INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  UNIQUE (event_id, session_id, registration_id),
  FOREIGN KEY (event_id, session_id) REFERENCES session (event_id, id),
  FOREIGN KEY (event_id, registration_id) REFERENCES registration (event_id, id)
) STRICT;
CREATE INDEX booking_by_registration ON booking (event_id, registration_id);
CREATE INDEX booking_queue ON booking (event_id, session_id, state, asked_at);

-- A phone or scanner at the door; its token opens three routes of one event.
CREATE TABLE device (
  event_id      INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  code          TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  token_hash    TEXT    NOT NULL,              -- of the link until it is taken, then of the device
  created_at    INTEGER NOT NULL,
  created_by_id INTEGER NOT NULL,
  paired_at     INTEGER,
  expires_at    INTEGER NOT NULL,
  revoked_at    INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  UNIQUE (event_id, token_hash)
) STRICT;

-- Every scan as it happened, kept once by its nonce however often it is sent.
CREATE TABLE scan (
  event_id        INTEGER NOT NULL,
  id              INTEGER NOT NULL,
  nonce           TEXT    NOT NULL,
  registration_id INTEGER,                     -- NULL: the code is not known
  verdict         TEXT    NOT NULL CHECK (verdict IN ('in', 'again', 'unknown', 'cancelled', 'undo')),
  method          TEXT    NOT NULL CHECK (method IN ('camera', 'code', 'name')),
  scanned_at      INTEGER NOT NULL,            -- by the desk's clock, corrected by its offset
  received_at     INTEGER NOT NULL,
  device_id       INTEGER,
  by_person_id    INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, nonce),
  FOREIGN KEY (event_id, registration_id) REFERENCES registration (event_id, id)
) STRICT;
CREATE INDEX scan_of_registration ON scan (event_id, registration_id);

-- Who is in, since when: one row a registration, the earliest scan wins.
CREATE TABLE checkin (
  event_id        INTEGER NOT NULL,
  registration_id INTEGER NOT NULL,
  in_at           INTEGER NOT NULL,
  scan_id         INTEGER NOT NULL,
  PRIMARY KEY (event_id, registration_id),
  FOREIGN KEY (event_id, registration_id) REFERENCES registration (event_id, id)
) STRICT;

-- Accounts, signing in, the directory of events, and the machinery every event shares.

-- global: a human being who can sign in, known to all events
CREATE TABLE account (
  id            INTEGER NOT NULL PRIMARY KEY,
  email         TEXT    NOT NULL,              -- the address we write to, as typed
  name          TEXT    NOT NULL DEFAULT '',   -- default for new person rows
  sort_key      TEXT    NOT NULL DEFAULT '',
  password_hash TEXT,                          -- Argon2id; NULL: links only
  lang          TEXT    NOT NULL DEFAULT 'en',
  is_operator   INTEGER NOT NULL DEFAULT 0 CHECK (is_operator IN (0, 1)), -- may create events
  created_at    INTEGER NOT NULL,
  disabled_at   INTEGER,
  rev           INTEGER NOT NULL DEFAULT 1
) STRICT;

-- global: uniqueness of addresses across all events
CREATE TABLE account_email (
  email_key   TEXT    NOT NULL PRIMARY KEY,    -- case-folded
  account_id  INTEGER NOT NULL REFERENCES account (id),
  email       TEXT    NOT NULL,
  verified_at INTEGER NOT NULL
) STRICT;
CREATE INDEX account_email_account ON account_email (account_id);

-- global: one-time links that prove an address; the token itself is only in the mail
CREATE TABLE signin_link (
  token_hash  TEXT    NOT NULL PRIMARY KEY,
  email       TEXT    NOT NULL,
  email_key   TEXT    NOT NULL,
  next_path   TEXT    NOT NULL DEFAULT '/',
  name        TEXT    NOT NULL DEFAULT '',     -- for the account it may create
  is_reusable INTEGER NOT NULL DEFAULT 0 CHECK (is_reusable IN (0, 1)), -- demo mode only
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  used_at     INTEGER
) STRICT;

-- global: a browser that is signed in
CREATE TABLE signin (
  token_hash   TEXT    NOT NULL PRIMARY KEY,
  account_id   INTEGER NOT NULL REFERENCES account (id),
  code         TEXT    NOT NULL UNIQUE,        -- to end it from the account page
  browser      TEXT    NOT NULL DEFAULT '',    -- family and system only
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,               -- written at most every 5 minutes
  expires_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX signin_account ON signin (account_id);

-- global: bearer tokens for programs, made on /account/tokens
CREATE TABLE access_token (
  token_hash   TEXT    NOT NULL PRIMARY KEY,
  account_id   INTEGER NOT NULL REFERENCES account (id),
  code         TEXT    NOT NULL UNIQUE,
  name         TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at   INTEGER
) STRICT;
CREATE INDEX access_token_account ON access_token (account_id);

-- global: the directory of events
CREATE TABLE event (
  id                     INTEGER NOT NULL PRIMARY KEY,
  slug                   TEXT    NOT NULL,     -- unique through event_slug
  kind                   TEXT    NOT NULL CHECK (kind IN ('symposium', 'summit', 'course', 'workshop')),
  title                  TEXT    NOT NULL,
  tagline                TEXT    NOT NULL DEFAULT '', -- above the title on the cover
  summary                TEXT    NOT NULL DEFAULT '', -- one paragraph below it
  host                   TEXT    NOT NULL DEFAULT '',
  partner                TEXT    NOT NULL DEFAULT '', -- "in association with"
  starts_on              TEXT    NOT NULL,
  ends_on                TEXT    NOT NULL,
  zone                   TEXT    NOT NULL,     -- IANA name; every wall time of the event
  venue                  TEXT    NOT NULL DEFAULT '',
  city                   TEXT    NOT NULL DEFAULT '',
  country                TEXT    NOT NULL DEFAULT '',
  contact_email          TEXT    NOT NULL DEFAULT '',
  currency               TEXT    NOT NULL DEFAULT 'GBP',
  lang                   TEXT    NOT NULL DEFAULT 'en',
  is_published           INTEGER NOT NULL DEFAULT 0 CHECK (is_published IN (0, 1)),
  is_demo                INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  registration_opens_at  INTEGER,
  registration_closes_at INTEGER,
  booking_opens_at       INTEGER,              -- masterclasses
  booking_closes_at      INTEGER,
  created_at             INTEGER NOT NULL,
  rev                    INTEGER NOT NULL DEFAULT 1 -- raised by every change that a public page shows
) STRICT;

-- global: uniqueness of slugs; reserved first path segments never enter it
CREATE TABLE event_slug (
  slug     TEXT    NOT NULL PRIMARY KEY,
  event_id INTEGER NOT NULL
) STRICT;

-- global: which events know an address, so that proving it can link the person rows
CREATE TABLE person_email (
  email_key TEXT    NOT NULL,
  event_id  INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  PRIMARY KEY (email_key, event_id, person_id)
) STRICT;

-- global: the events an account has a person in
CREATE TABLE account_event (
  account_id INTEGER NOT NULL,
  event_id   INTEGER NOT NULL,
  PRIMARY KEY (account_id, event_id)
) STRICT;

-- global: work for the scheduler; lane (0..15) leads so that claims can be spread
CREATE TABLE job (
  lane           INTEGER NOT NULL,
  id             INTEGER NOT NULL,
  event_id       INTEGER NOT NULL,
  kind           TEXT    NOT NULL,
  ref_id         INTEGER NOT NULL,             -- the row it is about; a task takes ids only
  run_at         INTEGER NOT NULL,
  lease_until_at INTEGER,
  owner          TEXT    NOT NULL DEFAULT '',
  attempts       INTEGER NOT NULL DEFAULT 0,
  last_error     TEXT    NOT NULL DEFAULT '',
  done_at        INTEGER,
  PRIMARY KEY (lane, id)
) STRICT;
CREATE INDEX job_due ON job (kind, run_at) WHERE done_at IS NULL;

-- global: who runs the periodic tasks
CREATE TABLE lease (
  name     TEXT    NOT NULL PRIMARY KEY,
  owner    TEXT    NOT NULL,
  until_at INTEGER NOT NULL
) STRICT;

-- What a POST with an idempotency key answered; event 0 for acts outside events.
CREATE TABLE idempotency (
  event_id       INTEGER NOT NULL,
  key_hash       TEXT    NOT NULL,             -- of the account or visitor, and the key
  request_sha256 TEXT    NOT NULL,
  location       TEXT    NOT NULL,
  is_created     INTEGER NOT NULL CHECK (is_created IN (0, 1)),
  created_at     INTEGER NOT NULL,
  PRIMARY KEY (event_id, key_hash)
) STRICT;

-- Every human an event knows, in whatever roles; account_id NULL until an address is proved.
CREATE TABLE person (
  event_id    INTEGER NOT NULL,
  id          INTEGER NOT NULL,
  code        TEXT    NOT NULL,
  account_id  INTEGER,
  name        TEXT    NOT NULL,
  sort_key    TEXT    NOT NULL,
  name_lang   TEXT    NOT NULL DEFAULT '',     -- language tag of the name; '' unknown
  said_name   TEXT    NOT NULL DEFAULT '',     -- how to say it
  pronouns    TEXT    NOT NULL DEFAULT '',
  email       TEXT    NOT NULL DEFAULT '',
  email_key   TEXT    NOT NULL DEFAULT '',
  post        TEXT    NOT NULL DEFAULT '',     -- "General practitioner"
  affiliation TEXT    NOT NULL DEFAULT '',
  country     TEXT    NOT NULL DEFAULT '',
  biography   TEXT    NOT NULL DEFAULT '',
  created_at  INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  UNIQUE (event_id, account_id)
) STRICT;
CREATE INDEX person_by_email ON person (event_id, email_key);
CREATE INDEX person_by_name ON person (event_id, sort_key);

-- Roles that are given; author and attendee follow from what people do.
CREATE TABLE role_grant (
  event_id   INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,
  role       TEXT    NOT NULL CHECK (role IN ('organiser', 'chair', 'reviewer', 'desk',
                                              'facilitator', 'catering', 'treasurer')),
  granted_at INTEGER NOT NULL,
  granted_by_id INTEGER,
  PRIMARY KEY (event_id, person_id, role),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;

-- Who did what to which row; detail is JSON of before and after, without secrets.
CREATE TABLE audit (
  event_id  INTEGER NOT NULL,
  id        INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  person_id INTEGER,                           -- NULL: the program itself
  verb      TEXT    NOT NULL,                  -- "submission.withdraw"
  ref_code  TEXT    NOT NULL DEFAULT '',
  detail    TEXT    NOT NULL DEFAULT '{}',
  PRIMARY KEY (event_id, id)
) STRICT;

-- Mail, written in the transaction that causes it; a job row sends it.
CREATE TABLE outbox (
  event_id        INTEGER NOT NULL,            -- 0: not of an event (sign-in links)
  id              INTEGER NOT NULL,
  code            TEXT    NOT NULL,
  template        TEXT    NOT NULL,            -- "signin", "decision"
  lang            TEXT    NOT NULL DEFAULT 'en',
  model           TEXT    NOT NULL,            -- frozen JSON the template is filled with
  person_id       INTEGER,
  submission_id   INTEGER,                     -- what it is about, for the policy; NULL: none
  discloses       TEXT    NOT NULL DEFAULT '' CHECK (discloses IN ('', 'reviews', 'reviewers')),
  to_name         TEXT    NOT NULL DEFAULT '',
  to_email        TEXT    NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER,
  last_error      TEXT    NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL,
  sent_at         INTEGER,
  subject         TEXT    NOT NULL DEFAULT '', -- as it was sent, whatever becomes of the template
  body            TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code)
) STRICT;
CREATE INDEX outbox_by_time ON outbox (event_id, created_at);

-- Words of what can be searched, folded; kind says which table id is of.
CREATE TABLE search_token (
  event_id INTEGER NOT NULL,
  token    TEXT    NOT NULL,
  kind     TEXT    NOT NULL,
  id       INTEGER NOT NULL,
  PRIMARY KEY (event_id, token, kind, id)
) STRICT;
CREATE INDEX search_token_of ON search_token (event_id, kind, id);

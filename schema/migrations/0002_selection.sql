-- From the call to the released decision.

CREATE TABLE theme (
  event_id INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  code     TEXT    NOT NULL,
  letter   TEXT    NOT NULL,                   -- shown beside the hue, never the hue alone
  title    TEXT    NOT NULL,
  summary  TEXT    NOT NULL DEFAULT '',
  hue      INTEGER NOT NULL CHECK (hue BETWEEN 1 AND 6),
  position INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code)
) STRICT;

CREATE TABLE call (
  event_id      INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  code          TEXT    NOT NULL,
  title         TEXT    NOT NULL,
  text          TEXT    NOT NULL DEFAULT '',   -- Markdown
  opens_at      INTEGER NOT NULL,
  closes_at     INTEGER NOT NULL,
  deadline_zone TEXT    NOT NULL,              -- "AoE" or an IANA name: how the deadline is told
  blinding      TEXT    NOT NULL CHECK (blinding IN ('double', 'single', 'open')),
  n_reviews     INTEGER NOT NULL DEFAULT 3,    -- wanted for each submission
  reviews_due_at INTEGER,
  is_published  INTEGER NOT NULL DEFAULT 0 CHECK (is_published IN (0, 1)),
  rev           INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code)
) STRICT;

CREATE TABLE submission_type (
  event_id   INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  code       TEXT    NOT NULL,
  call_id    INTEGER NOT NULL,
  format     TEXT    NOT NULL CHECK (format IN ('abstract', 'poster', 'workshop')),
  title      TEXT    NOT NULL,                 -- "Oral abstract, 15 minutes"
  hint       TEXT    NOT NULL DEFAULT '',
  word_limit INTEGER NOT NULL CHECK (word_limit BETWEEN 50 AND 5000),
  minutes    INTEGER NOT NULL DEFAULT 15,
  position   INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, call_id) REFERENCES call (event_id, id)
) STRICT;

-- Identity and state only. Text is in submission_version; decisions are rows of their own.
CREATE TABLE submission (
  event_id     INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  code         TEXT    NOT NULL,
  call_id      INTEGER NOT NULL,
  submitter_id INTEGER,                        -- NULL until the address is proved
  state        TEXT    NOT NULL CHECK (state IN ('draft', 'submitted', 'withdrawn')),
  version      INTEGER NOT NULL DEFAULT 0,     -- the newest submitted one; 0: none yet
  created_at   INTEGER NOT NULL,
  submitted_at INTEGER,
  withdrawn_at INTEGER,
  rev          INTEGER NOT NULL DEFAULT 1,     -- of the draft text
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, call_id) REFERENCES call (event_id, id),
  FOREIGN KEY (event_id, submitter_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX submission_by_submitter ON submission (event_id, submitter_id);
CREATE INDEX submission_by_state ON submission (event_id, state);

-- A text written before its address was proved: who may go on with it, and to whom it will belong.
CREATE TABLE draft_claim (
  event_id      INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  token_hash    TEXT    NOT NULL,              -- in the browser's signed cookie
  email         TEXT    NOT NULL,
  email_key     TEXT    NOT NULL,
  name          TEXT    NOT NULL DEFAULT '',
  created_at    INTEGER NOT NULL,
  claimed_at    INTEGER,
  PRIMARY KEY (event_id, submission_id),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id)
) STRICT;
CREATE INDEX draft_claim_by_email ON draft_claim (event_id, email_key);

-- global: the claims of an address across events, so that proving it finds them
CREATE TABLE draft_claim_email (
  email_key     TEXT    NOT NULL,
  event_id      INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  PRIMARY KEY (email_key, event_id, submission_id)
) STRICT;

-- Version 0 is the one draft, changed in place; versions from 1 are written by each submit and
-- never change. Reviews and decisions name the version they are about.
CREATE TABLE submission_version (
  event_id      INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  type_id       INTEGER,                       -- NULL in a draft: not chosen yet
  title         TEXT    NOT NULL,
  sort_key      TEXT    NOT NULL,
  abstract      TEXT    NOT NULL,
  keywords      TEXT    NOT NULL DEFAULT '',
  note          TEXT    NOT NULL DEFAULT '',   -- to the chairs, never to reviewers
  n_words       INTEGER NOT NULL,
  saved_at      INTEGER NOT NULL,
  saved_by_id   INTEGER,
  PRIMARY KEY (event_id, submission_id, version),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id),
  FOREIGN KEY (event_id, type_id) REFERENCES submission_type (event_id, id)
) STRICT;

CREATE TABLE version_theme (
  event_id      INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  theme_id      INTEGER NOT NULL,
  PRIMARY KEY (event_id, submission_id, version, theme_id),
  FOREIGN KEY (event_id, submission_id, version)
    REFERENCES submission_version (event_id, submission_id, version),
  FOREIGN KEY (event_id, theme_id) REFERENCES theme (event_id, id)
) STRICT;

-- Names and affiliations as printed. person_id from the first submit on.
CREATE TABLE author (
  event_id      INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  position      INTEGER NOT NULL,              -- 0, 1, 2 … in the order to be printed
  person_id     INTEGER,
  name          TEXT    NOT NULL,
  email         TEXT    NOT NULL DEFAULT '',
  email_key     TEXT    NOT NULL DEFAULT '',
  affiliations  TEXT    NOT NULL DEFAULT '',   -- one a line, in the author's order
  is_presenting INTEGER NOT NULL DEFAULT 0 CHECK (is_presenting IN (0, 1)),
  PRIMARY KEY (event_id, submission_id, version, position),
  FOREIGN KEY (event_id, submission_id, version)
    REFERENCES submission_version (event_id, submission_id, version),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX author_by_person ON author (event_id, person_id);
CREATE INDEX author_by_email ON author (event_id, email_key);

CREATE TABLE submission_file (
  event_id       INTEGER NOT NULL,
  id             INTEGER NOT NULL,
  code           TEXT    NOT NULL,
  submission_id  INTEGER NOT NULL,
  kind           TEXT    NOT NULL CHECK (kind IN ('poster', 'slides')),
  sha256         TEXT    NOT NULL,             -- of the blob
  file_name      TEXT    NOT NULL,
  mime_type      TEXT    NOT NULL,
  size_bytes     INTEGER NOT NULL,
  uploaded_at    INTEGER NOT NULL,
  uploaded_by_id INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id)
) STRICT;
CREATE INDEX submission_file_of ON submission_file (event_id, submission_id);

CREATE TABLE criterion (
  event_id INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  code     TEXT    NOT NULL,
  title    TEXT    NOT NULL,
  hint     TEXT    NOT NULL DEFAULT '',
  weight   INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 100),
  position INTEGER NOT NULL,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code)
) STRICT;

-- What each score from 1 to 5 means, shown beside it.
CREATE TABLE criterion_anchor (
  event_id     INTEGER NOT NULL,
  criterion_id INTEGER NOT NULL,
  score        INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  text         TEXT    NOT NULL,
  PRIMARY KEY (event_id, criterion_id, score),
  FOREIGN KEY (event_id, criterion_id) REFERENCES criterion (event_id, id)
) STRICT;

-- What a reviewer offers; the role itself is in role_grant.
CREATE TABLE reviewer_theme (
  event_id  INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  theme_id  INTEGER NOT NULL,
  PRIMARY KEY (event_id, person_id, theme_id),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id),
  FOREIGN KEY (event_id, theme_id) REFERENCES theme (event_id, id)
) STRICT;

-- Declared by the person or entered by a chair. Removed only by being withdrawn.
CREATE TABLE conflict (
  event_id       INTEGER NOT NULL,
  submission_id  INTEGER NOT NULL,
  person_id      INTEGER NOT NULL,
  reason         TEXT    NOT NULL CHECK (reason IN ('author', 'colleague', 'supervisor', 'family',
                                                    'rival', 'other')),
  declared_at    INTEGER NOT NULL,
  declared_by_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, submission_id, person_id),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX conflict_by_person ON conflict (event_id, person_id);

CREATE TABLE assignment (
  event_id       INTEGER NOT NULL,
  id             INTEGER NOT NULL,
  code           TEXT    NOT NULL,
  submission_id  INTEGER NOT NULL,
  person_id      INTEGER NOT NULL,
  label          INTEGER NOT NULL,             -- "Reviewer 2": permuted per submission, not by time
  assigned_at    INTEGER NOT NULL,
  assigned_by_id INTEGER NOT NULL,
  declined_at    INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  UNIQUE (event_id, submission_id, person_id),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX assignment_by_person ON assignment (event_id, person_id);

CREATE TABLE review (
  event_id      INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  code          TEXT    NOT NULL,
  submission_id INTEGER NOT NULL,
  version       INTEGER NOT NULL,              -- of the text that was read
  person_id     INTEGER NOT NULL,
  state         TEXT    NOT NULL CHECK (state IN ('draft', 'submitted')),
  to_authors    TEXT    NOT NULL DEFAULT '',
  to_chairs     TEXT    NOT NULL DEFAULT '',   -- confidential: never to authors
  saved_at      INTEGER NOT NULL,
  submitted_at  INTEGER,
  rev           INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  UNIQUE (event_id, submission_id, person_id),
  FOREIGN KEY (event_id, submission_id, person_id)
    REFERENCES assignment (event_id, submission_id, person_id)
) STRICT;
CREATE INDEX review_by_person ON review (event_id, person_id);

CREATE TABLE review_score (
  event_id     INTEGER NOT NULL,
  review_id    INTEGER NOT NULL,
  criterion_id INTEGER NOT NULL,
  score        INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  PRIMARY KEY (event_id, review_id, criterion_id),
  FOREIGN KEY (event_id, review_id) REFERENCES review (event_id, id),
  FOREIGN KEY (event_id, criterion_id) REFERENCES criterion (event_id, id)
) STRICT;

-- Staged while released_at is NULL; nothing anybody else sees depends on a staged one.
CREATE TABLE decision (
  event_id       INTEGER NOT NULL,
  id             INTEGER NOT NULL,
  code           TEXT    NOT NULL,
  submission_id  INTEGER NOT NULL,
  version        INTEGER NOT NULL,
  outcome        TEXT    NOT NULL CHECK (outcome IN ('talk', 'poster', 'workshop', 'waitlist', 'reject')),
  note           TEXT    NOT NULL DEFAULT '',  -- one paragraph of the letter
  staged_at      INTEGER NOT NULL,
  staged_by_id   INTEGER NOT NULL,
  released_at    INTEGER,
  released_by_id INTEGER,
  rev            INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  UNIQUE (event_id, submission_id),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id)
) STRICT;

-- The authors' answer to an acceptance.
CREATE TABLE confirmation (
  event_id    INTEGER NOT NULL,
  decision_id INTEGER NOT NULL,
  answer      TEXT    NOT NULL CHECK (answer IN ('yes', 'no')),
  answered_at INTEGER NOT NULL,
  answered_by_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, decision_id),
  FOREIGN KEY (event_id, decision_id) REFERENCES decision (event_id, id)
) STRICT;

-- The organisers' own words for a letter; without a row the built-in text is used.
CREATE TABLE letter (
  event_id INTEGER NOT NULL,
  kind     TEXT    NOT NULL,                   -- "decision.talk", "registration"
  subject  TEXT    NOT NULL,
  body     TEXT    NOT NULL,                   -- text with the letter's fixed placeholders
  rev      INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id, kind)
) STRICT;

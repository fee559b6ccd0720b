-- What reviewers would like to read, before anything is assigned.

-- A reviewer's wish about a submission; without a row they have not said.
CREATE TABLE bid (
  event_id      INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  person_id     INTEGER NOT NULL,
  bid           TEXT    NOT NULL CHECK (bid IN ('eager', 'willing', 'reluctant')),
  bid_at        INTEGER NOT NULL,
  PRIMARY KEY (event_id, submission_id, person_id),
  FOREIGN KEY (event_id, submission_id) REFERENCES submission (event_id, id),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX bid_by_person ON bid (event_id, person_id);

-- What a reviewer says they can review, in their own words; chairs read it, and it is compared with
-- the submissions. Their themes are in reviewer_theme.
CREATE TABLE reviewer_profile (
  event_id   INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,
  can_review TEXT    NOT NULL DEFAULT '',
  saved_at   INTEGER NOT NULL,
  PRIMARY KEY (event_id, person_id),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;

-- While reviewers may read what came in and say what they would like; both or neither.
ALTER TABLE call ADD COLUMN bids_open_at INTEGER;
ALTER TABLE call ADD COLUMN bids_close_at INTEGER;

-- Documents printed in the queue, and the texts in front of the book of abstracts.

-- What somebody asked to have printed. The model and the document are blobs of their own directory,
-- which go with the row after a week.
CREATE TABLE print_job (
  event_id     INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  code         TEXT    NOT NULL,
  kind         TEXT    NOT NULL,               -- "badge": a row of pdf/documents.def
  person_id    INTEGER NOT NULL,               -- who asked, and who alone may have it
  options      TEXT    NOT NULL DEFAULT '{}',  -- JSON: what was chosen
  is_check     INTEGER NOT NULL CHECK (is_check IN (0, 1)), -- the warnings alone
  state        TEXT    NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  percent      INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
  warnings     TEXT    NOT NULL DEFAULT '[]',  -- JSON: see domain/print_job.h
  message      TEXT    NOT NULL DEFAULT '',    -- why it failed
  content_hash TEXT    NOT NULL,               -- of program, kind and model: the same gives the same
  model_sha256 TEXT    NOT NULL,               -- the blob of the model
  sha256       TEXT    NOT NULL DEFAULT '',    -- the blob of the document
  size_bytes   INTEGER NOT NULL DEFAULT 0,
  file_name    TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  finished_at  INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code),
  FOREIGN KEY (event_id, person_id) REFERENCES person (event_id, id)
) STRICT;
CREATE INDEX print_job_by_content ON print_job (event_id, content_hash, finished_at);
CREATE INDEX print_job_by_person ON print_job (event_id, person_id, created_at);
CREATE INDEX print_job_by_time ON print_job (event_id, created_at);

-- In front of the contents of the book: foreword, committee, thanks.
CREATE TABLE print_text (
  event_id INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  title    TEXT    NOT NULL,
  text     TEXT    NOT NULL,
  signature TEXT   NOT NULL DEFAULT '',
  position INTEGER NOT NULL,
  PRIMARY KEY (event_id, id)
) STRICT;
CREATE INDEX print_text_by_position ON print_text (event_id, position);

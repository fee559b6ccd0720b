-- Pictures that stand for an event in print, in the order to be shown.

CREATE TABLE logo (
  event_id    INTEGER NOT NULL,
  id          INTEGER NOT NULL,
  code        TEXT    NOT NULL,
  alt         TEXT    NOT NULL,                -- what it shows, for those who do not see it
  sha256      TEXT    NOT NULL,                -- of the blob
  mime_type   TEXT    NOT NULL CHECK (mime_type IN ('image/png', 'image/jpeg')),
  size_bytes  INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  uploaded_at INTEGER NOT NULL,
  uploaded_by_id INTEGER,
  PRIMARY KEY (event_id, id),
  UNIQUE (event_id, code)
) STRICT;

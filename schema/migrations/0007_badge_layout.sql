-- The layout of an event's badges, when it is not one that is built in.

CREATE TABLE badge_layout (
  event_id INTEGER NOT NULL,
  layout   TEXT    NOT NULL,                   -- JSON: "layout" of pdf/documents/badge.schema.json
  rev      INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (event_id)
) STRICT;

/* Made by mkquery from schema/migrations/; do not edit. */
/* clang-format off */
#include "schema.h"

#pragma GCC diagnostic ignored "-Woverlength-strings"

const struct migration migration_table[] = {
	{
		.version = 1,
		.name = "core",
		.sql = "-- A small event: what the statements beside it need, and no more.\n"
			"\n"
			"-- global: who signs in, whatever the event\n"
			"CREATE TABLE account (\n"
			"  id INTEGER PRIMARY KEY,\n"
			"  email TEXT NOT NULL UNIQUE,\n"
			"  last_seen_at INTEGER -- NULL: never; isn't \"nothing\"?\n"
			") STRICT;\n"
			"\n"
			"CREATE TABLE person (\n"
			"  event_id INTEGER NOT NULL,\n"
			"  id INTEGER NOT NULL,\n"
			"  account_id INTEGER,\n"
			"  name TEXT NOT NULL,\n"
			"  sort_key TEXT NOT NULL,\n"
			"  pronouns TEXT,\n"
			"  PRIMARY KEY (event_id, id)\n"
			") STRICT;\n"
			"CREATE INDEX person_by_sort_key ON person (event_id, sort_key);\n"
			"\n"
			"CREATE TABLE submission (\n"
			"  event_id INTEGER NOT NULL,\n"
			"  id INTEGER NOT NULL,\n"
			"  code TEXT NOT NULL,\n"
			"  owner_id INTEGER NOT NULL,\n"
			"  title TEXT NOT NULL,\n"
			"  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'withdrawn')),\n"
			"  room_id INTEGER,\n"
			"  submitted_at INTEGER,\n"
			"  PRIMARY KEY (event_id, id),\n"
			"  UNIQUE (event_id, code),\n"
			"  FOREIGN KEY (event_id, owner_id) REFERENCES person (event_id, id)\n"
			") STRICT;\n"
			"CREATE INDEX submission_by_owner ON submission (event_id, owner_id);\n",
		.sha256 = "6602f608ab7ed15430956a797ce7fe9896bd98557ffa52a4984de0a4d4ae20e9",
	},
	{
		.version = 2,
		.name = "review",
		.sql = "CREATE TABLE review (\n"
			"  event_id INTEGER NOT NULL,\n"
			"  id INTEGER NOT NULL,\n"
			"  submission_id INTEGER NOT NULL,\n"
			"  reviewer_id INTEGER NOT NULL,\n"
			"  score REAL NOT NULL,\n"
			"  remark TEXT,\n"
			"  finished_at INTEGER,\n"
			"  PRIMARY KEY (event_id, id),\n"
			"  UNIQUE (event_id, submission_id, reviewer_id),\n"
			"  FOREIGN KEY (event_id, submission_id) REFERENCES submission ON DELETE CASCADE,\n"
			"  FOREIGN KEY (event_id, reviewer_id) REFERENCES person\n"
			") STRICT;\n"
			"\n"
			"-- Jobs of all events wait in one line.\n"
			"-- global: the workers serve every event\n"
			"CREATE TABLE job (\n"
			"  lane INTEGER NOT NULL,\n"
			"  id INTEGER NOT NULL,\n"
			"  event_id INTEGER,\n"
			"  kind TEXT NOT NULL,\n"
			"  run_at INTEGER NOT NULL,\n"
			"  lease_until_at INTEGER NOT NULL,\n"
			"  PRIMARY KEY (lane, id)\n"
			") STRICT;\n"
			"CREATE INDEX job_by_time ON job (lane, run_at);\n"
			"\n"
			"ALTER TABLE account ADD COLUMN locale TEXT;\n",
		.sha256 = "b78f3d183c6de78ab7e40f4881e3c64ce8b4599438ba215efe76530d791b2403",
	},
};
const int n_migrations = 2;

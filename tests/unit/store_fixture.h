/*
 * A small schema and its statements for the tests of the store, on a fresh database of either
 * engine. It takes the place of gen/query.c and gen/schema.c in these programs.
 */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include "base/fault.h"
#include "store/db.h"
#include "store/migrate.h"

/* By statement.index. */
enum {
	ST_SLOT_INSERT,
	ST_SLOT_TAKE,  /* one seat while there is one; n_changed */
	ST_SLOT_TAKEN, /* -> taken */
	ST_SLOT_SET_TAKEN,
	ST_BOOKING_INSERT,
	ST_BOOKING_COUNT, /* -> count */
	ST_NOTE_INSERT,
	ST_NOTE_INSERT_WITH_FILE,
	ST_NOTE_BY_ID,            /* -> title, score, author_id */
	ST_NOTE_EXISTS,           /* -> id */
	ST_NOTE_COUNT,            /* -> count */
	ST_NOTE_RETITLE,          /* the row of an id; n_changed */
	ST_NOTES,                 /* -> id, sorted */
	ST_NOTE_KEEP,             /* inserts unless it is there; n_changed */
	ST_NOTE_INSERT_RETURNING, /* two rows, id and id + 1; -> id */
	ST_DDL,                   /* what no connection may do */
	N_ST,
};

#define INT(n)                                                                                     \
	{                                                                                          \
		.kind = VALUE_INT, .i = (n)                                                        \
	}
#define INT_OR_0(n)                                                                                \
	{                                                                                          \
		.kind = VALUE_INT, .is_null_when_zero = true, .i = (n)                             \
	}
#define TEXT(s)                                                                                    \
	{                                                                                          \
		.kind = VALUE_TEXT, .text = (s)                                                    \
	}
#define REAL(x)                                                                                    \
	{                                                                                          \
		.kind = VALUE_REAL, .real = (x)                                                    \
	}

/* Runs a statement whose only row has one integer; 0 rows leave *out alone. */
enum rc run_int(struct db *db, int st, const struct value *params, int64_t *out, struct err *err);
enum rc run(struct db *db, int st, const struct value *params, struct err *err);

/* A new, empty database of the engine; its address lives until the process ends. */
const char *fixture_database(enum engine engine);
/* Opens it; fails the test when that fails. */
struct store *fixture_store(const char *database);
/* A path in the temporary directory of this process. */
const char *fixture_path(const char *name);

/* Fault points, from whatever thread. */
void arm_fault(enum fault point, unsigned n_times);
void disarm_faults(void);

/* Runs SQL on a PostgreSQL server, beside any store; fails the test when that fails. */
void fixture_sql(const char *url, const char *sql);

/*
 * Runs the tests on an engine; on PostgreSQL only when TEST_POSTGRES has the address of a server
 * where databases may be created (tests/pg.sh starts one), else a notice is printed. What the tests
 * made is removed at the end.
 */
struct CMUnitTest;
int run_on(enum engine engine, const char *name, const struct CMUnitTest *tests, size_t n_tests);
int run_on_both(const char *name, const struct CMUnitTest *tests, size_t n_tests);
extern enum engine test_engine; /* of the run */

#endif

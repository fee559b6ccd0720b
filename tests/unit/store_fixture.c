/*
 * Databases for the tests of the store. SQLite files lie in one temporary directory a process,
 * PostgreSQL databases are created on the server of TEST_POSTGRES and dropped at the end.
 */
#include "store_fixture.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/log.h"

enum engine test_engine;

static const char schema_1[] =
	"-- Places for a TEXT about an 'INTEGER', as STRICT as \"REAL\".\n"
	"CREATE TABLE slot (\n"
	"	event_id INTEGER NOT NULL,\n"
	"	id INTEGER NOT NULL,\n"
	"	cap INTEGER NOT NULL,\n"
	"	taken INTEGER NOT NULL CHECK (taken BETWEEN 0 AND cap),\n"
	"	PRIMARY KEY (event_id, id)\n"
	") STRICT;\n"
	"CREATE TABLE booking (\n"
	"	event_id INTEGER NOT NULL,\n"
	"	id INTEGER NOT NULL,\n"
	"	slot_id INTEGER NOT NULL,\n"
	"	person_id INTEGER NOT NULL,\n"
	"	PRIMARY KEY (event_id, id),\n"
	"	UNIQUE (event_id, slot_id, person_id),\n"
	"	FOREIGN KEY (event_id, slot_id) REFERENCES slot (event_id, id)\n"
	") STRICT;\n";

static const char schema_2[] = "CREATE TABLE note (\n"
			       "	event_id INTEGER NOT NULL,\n"
			       "	id INTEGER NOT NULL,\n"
			       "	title TEXT,\n"
			       "	score REAL NOT NULL DEFAULT 0,\n"
			       "	author_id INTEGER,\n"
			       "	sha256 TEXT,\n"
			       "	PRIMARY KEY (event_id, id)\n"
			       ") STRICT;\n";

const struct migration migration_table[] = {
	{1, "places", schema_1, "1111"},
	{2, "notes", schema_2, "2222"},
};
const int n_migrations = 2;

#define STATEMENT(INDEX, NAME, WRITES, N_PARAMS, N_COLUMNS, SQLITE, POSTGRES)                      \
	[INDEX] = &(const struct statement)                                                        \
	{                                                                                          \
		NAME, SQLITE, POSTGRES, N_PARAMS, N_COLUMNS, INDEX, WRITES                         \
	}

const struct statement *const statement_table[] = {
	STATEMENT(ST_SLOT_INSERT, "slot_insert", true, 3, 0,
		"INSERT INTO slot (event_id, id, cap, taken) VALUES (?1, ?2, ?3, 0)",
		"INSERT INTO slot (event_id, id, cap, taken) VALUES ($1, $2, $3, 0)"),
	STATEMENT(ST_SLOT_TAKE, "slot_take", true, 2, 0,
		"UPDATE slot SET taken = taken + 1 WHERE event_id = ?1 AND id = ?2 AND taken < cap",
		"UPDATE slot SET taken = taken + 1 WHERE event_id = $1 AND id = $2 AND taken < "
		"cap"),
	STATEMENT(ST_SLOT_TAKEN, "slot_taken", false, 2, 1,
		"SELECT taken FROM slot WHERE event_id = ?1 AND id = ?2",
		"SELECT taken FROM slot WHERE event_id = $1 AND id = $2"),
	STATEMENT(ST_SLOT_SET_TAKEN, "slot_set_taken", true, 3, 0,
		"UPDATE slot SET taken = ?3 WHERE event_id = ?1 AND id = ?2",
		"UPDATE slot SET taken = $3 WHERE event_id = $1 AND id = $2"),
	STATEMENT(ST_BOOKING_INSERT, "booking_insert", true, 4, 0,
		"INSERT INTO booking (event_id, id, slot_id, person_id) VALUES (?1, ?2, ?3, ?4)",
		"INSERT INTO booking (event_id, id, slot_id, person_id) VALUES ($1, $2, $3, $4)"),
	STATEMENT(ST_BOOKING_COUNT, "booking_count", false, 2, 1,
		"SELECT count(*) FROM booking WHERE event_id = ?1 AND slot_id = ?2",
		"SELECT count(*) FROM booking WHERE event_id = $1 AND slot_id = $2"),
	STATEMENT(ST_NOTE_INSERT, "note_insert", true, 5, 0,
		"INSERT INTO note (event_id, id, title, score, author_id)"
		" VALUES (?1, ?2, ?3, ?4, ?5)",
		"INSERT INTO note (event_id, id, title, score, author_id)"
		" VALUES ($1, $2, $3, $4, $5)"),
	STATEMENT(ST_NOTE_INSERT_WITH_FILE, "note_insert_with_file", true, 3, 0,
		"INSERT INTO note (event_id, id, sha256) VALUES (?1, ?2, ?3)",
		"INSERT INTO note (event_id, id, sha256) VALUES ($1, $2, $3)"),
	STATEMENT(ST_NOTE_BY_ID, "note_by_id", false, 2, 3,
		"SELECT title, score, author_id FROM note WHERE event_id = ?1 AND id = ?2",
		"SELECT title, score, author_id FROM note WHERE event_id = $1 AND id = $2"),
	STATEMENT(ST_NOTE_EXISTS, "note_exists", false, 2, 1,
		"SELECT id FROM note WHERE event_id = ?1 AND id = ?2",
		"SELECT id FROM note WHERE event_id = $1 AND id = $2"),
	STATEMENT(ST_NOTE_COUNT, "note_count", false, 1, 1,
		"SELECT count(*) FROM note WHERE event_id = ?1",
		"SELECT count(*) FROM note WHERE event_id = $1"),
	STATEMENT(ST_NOTE_RETITLE, "note_retitle", true, 3, 0,
		"UPDATE note SET title = ?3 WHERE event_id = ?1 AND id = ?2",
		"UPDATE note SET title = $3 WHERE event_id = $1 AND id = $2"),
	STATEMENT(ST_NOTES, "notes", false, 1, 1,
		"SELECT id FROM note WHERE event_id = ?1 ORDER BY id",
		"SELECT id FROM note WHERE event_id = $1 ORDER BY id"),
	STATEMENT(ST_NOTE_KEEP, "note_keep", true, 2, 0,
		"INSERT INTO note (event_id, id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
		"INSERT INTO note (event_id, id) VALUES ($1, $2) ON CONFLICT DO NOTHING"),
	STATEMENT(ST_NOTE_INSERT_RETURNING, "note_insert_returning", true, 2, 1,
		"INSERT INTO note (event_id, id) VALUES (?1, ?2), (?1, ?2 + 1) RETURNING id",
		"INSERT INTO note (event_id, id) VALUES ($1, $2), ($1, $2 + 1) RETURNING id"),
	STATEMENT(ST_DDL, "ddl", true, 0, 0, "CREATE TABLE intruder (id INTEGER)",
		"CREATE TABLE intruder (id BIGINT)"),
};
const int n_statements = N_ST;

/* ---- statements ---- */

static void take_int(void *context, const struct row *r)
{
	int64_t *out = context;
	*out = row_int(r, 0);
}

enum rc run_int(struct db *db, int st, const struct value *params, int64_t *out, struct err *err)
{
	return statement_run(db, statement_table[st], params, take_int, out, NULL, err);
}

enum rc run(struct db *db, int st, const struct value *params, struct err *err)
{
	return statement_run(db, statement_table[st], params, NULL, NULL, NULL, err);
}

void arm_fault(enum fault point, unsigned n_times)
{
	__atomic_store_n(&fault_armed[point], n_times, __ATOMIC_RELAXED);
}

void disarm_faults(void)
{
	for (int i = 0; i < N_FAULTS; i++)
		arm_fault((enum fault)i, 0);
}

/* ---- databases ---- */

static struct arena *names;
static char *directory;
static int n_databases;

static struct arena *names_arena(void)
{
	if (!names)
		names = arena_new();
	return names;
}

const char *fixture_path(const char *name)
{
	if (!directory) {
		directory = arena_strdup(names_arena(), "/tmp/store-test-XXXXXX");
		assert_non_null(mkdtemp(directory));
	}
	return arena_printf(names_arena(), "%s/%s", directory, name);
}

void fixture_sql(const char *url, const char *sql)
{
	PGconn *server = PQconnectdb(url);
	PGresult *result = PQexec(server, sql);
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(server));
	PQclear(result);
	PQfinish(server);
}

static const char *postgres_name(int i)
{
	return arena_printf(names_arena(), "store_test_%d_%d", (int)getpid(), i);
}

static const char *postgres_database(void)
{
	const char *url = getenv("TEST_POSTGRES");
	const char *name = postgres_name(n_databases);
	fixture_sql(url, arena_printf(names_arena(), "CREATE DATABASE %s", name));
	/* The address ends in "/postgres" or "/postgres?…": put the new name in its place. */
	const char *query = strchr(url, '?');
	size_t n = query ? (size_t)(query - url) : strlen(url);
	while (n > 0 && url[n - 1] != '/')
		n--;
	return arena_printf(names_arena(), "%.*s%s%s", (int)n, url, name, query ? query : "");
}

const char *fixture_database(enum engine engine)
{
	n_databases++;
	if (engine == ENGINE_POSTGRES)
		return postgres_database();
	return fixture_path(arena_printf(names_arena(), "%d.db", n_databases));
}

struct store *fixture_store(const char *database)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct store *s = NULL;
	struct store_options options = {.database = database, .is_new_allowed = true};
	if (store_new(&options, &s, &err) != OK)
		fail_msg("%s", err.message);
	arena_free(a);
	return s;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static int clean(void **state)
{
	(void)state;
	if (directory)
		nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	directory = NULL;
	if (test_engine == ENGINE_POSTGRES)
		for (int i = 1; i <= n_databases; i++)
			fixture_sql(getenv("TEST_POSTGRES"),
				arena_printf(names_arena(), "DROP DATABASE IF EXISTS %s",
					postgres_name(i)));
	n_databases = 0;
	return 0;
}

int run_on(enum engine engine, const char *name, const struct CMUnitTest *tests, size_t n_tests)
{
	struct arena *a = arena_new();
	int n_failed = 0;
	test_engine = engine;
	log_set_level(LOG_ERROR);
	if (engine == ENGINE_SQLITE)
		n_failed = _cmocka_run_group_tests(
			arena_printf(a, "%s on SQLite", name), tests, n_tests, NULL, clean);
	else if (getenv("TEST_POSTGRES"))
		n_failed = _cmocka_run_group_tests(
			arena_printf(a, "%s on PostgreSQL", name), tests, n_tests, NULL, clean);
	else
		print_message("NOTICE: TEST_POSTGRES is not set; %s not tested on it\n", name);
	arena_free(a);
	return n_failed;
}

int run_on_both(const char *name, const struct CMUnitTest *tests, size_t n_tests)
{
	int n_failed = run_on(ENGINE_SQLITE, name, tests, n_tests);
	return n_failed + run_on(ENGINE_POSTGRES, name, tests, n_tests);
}

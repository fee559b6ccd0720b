/* What can happen between the program and a PostgreSQL server, and who hears of it. */
#include "store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/clock.h"
#include "store/engine.h"

static const char *database;
static struct store *store;
static struct arena *arena;
static struct err err;

static int setup(void **state)
{
	(void)state;
	database = fixture_database(test_engine);
	store = fixture_store(database);
	arena = arena_new();
	err = err_in(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	store_free(store);
	arena_free(arena);
	return 0;
}

/* Ends every connection of the store; it does not notice before it uses them. */
static void cut_connections(void)
{
	const char *name = strrchr(database, '/') + 1;
	struct arena *a = arena_new();
	fixture_sql(getenv("TEST_POSTGRES"),
		arena_printf(a,
			"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
			" WHERE datname = '%s'",
			name));
	arena_free(a);
}

struct attempt {
	int64_t id;
	int n_runs;
	int n_cuts_before; /* how many runs lose their connection before the statement */
	int n_cuts_after;
};

static enum rc insert_note(struct tx *tx, void *arg, struct err *e)
{
	struct attempt *t = arg;
	int64_t n;
	const struct value event[] = {INT(1)};
	const struct value note[] = {INT(1), INT(t->id), TEXT("x"), REAL(0), INT(0)};
	t->n_runs++;
	TRY(run_int(tx_db(tx), ST_NOTE_COUNT, event, &n, e));
	if (t->n_runs <= t->n_cuts_before)
		cut_connections();
	TRY(run(tx_db(tx), ST_NOTE_INSERT, note, e));
	if (t->n_runs <= t->n_cuts_after)
		cut_connections();
	return OK;
}

static int64_t count_notes(struct db *db)
{
	int64_t n = -1;
	const struct value event[] = {INT(1)};
	assert_int_equal(run_int(db, ST_NOTE_COUNT, event, &n, &err), OK);
	return n;
}

static int64_t n_notes(void)
{
	struct db *db;
	assert_int_equal(db_acquire(store, &db, &err), OK);
	int64_t n = count_notes(db);
	db_release(db);
	return n;
}

static void lost_idle_connections_go_unnoticed(void **state)
{
	(void)state;
	for (int kind = TX_NORMAL; kind <= TX_HOT; kind++) {
		struct attempt t = {.id = kind};
		assert_int_equal(tx_run(store, (enum tx_kind)kind, 1, insert_note, &t, &err), OK);
		assert_int_equal(n_notes(), kind * 2 + 1);
		cut_connections();
		t = (struct attempt){.id = kind + 10};
		assert_int_equal(tx_run(store, (enum tx_kind)kind, 1, insert_note, &t, &err), OK);
		assert_int_equal(n_notes(), kind * 2 + 2);
		cut_connections();
		assert_int_equal(store_check(store, &err), OK);
	}
}

static void a_connection_lost_before_commit_is_a_rerun(void **state)
{
	(void)state;
	for (int kind = TX_NORMAL; kind <= TX_HOT; kind++) {
		struct attempt t = {.id = kind, .n_cuts_before = 2};
		assert_int_equal(tx_run(store, (enum tx_kind)kind, 1, insert_note, &t, &err), OK);
		assert_int_equal(t.n_runs, 3);
		assert_int_equal(n_notes(), kind + 1);
	}
}

static void a_commit_of_unknown_outcome_is_never_repeated(void **state)
{
	(void)state;
	for (int kind = TX_NORMAL; kind <= TX_HOT; kind++) {
		struct attempt t = {.id = kind, .n_cuts_after = 1};
		err_clear(&err);
		assert_int_equal(
			tx_run(store, (enum tx_kind)kind, 1, insert_note, &t, &err), INTERNAL);
		assert_int_equal(t.n_runs, 1);
		err_clear(&err);
		/* The next user has a good connection again. */
		t = (struct attempt){.id = kind};
		assert_int_equal(tx_run(store, (enum tx_kind)kind, 1, insert_note, &t, &err), OK);
		assert_int_equal(n_notes(), kind + 1);
	}
}

static void a_reader_whose_snapshot_is_lost_says_so(void **state)
{
	(void)state;
	struct db *db;
	int64_t n = -1;
	const struct value event[] = {INT(1)};
	assert_int_equal(db_acquire(store, &db, &err), OK);
	assert_int_equal(count_notes(db), 0);
	cut_connections();
	/* Reading on from another snapshot would mix two states. */
	assert_int_equal(run_int(db, ST_NOTE_COUNT, event, &n, &err), BUSY);
	assert_int_equal(run_int(db, ST_NOTE_COUNT, event, &n, &err), BUSY);
	db_release(db);
	err_clear(&err);
	assert_int_equal(n_notes(), 0);
}

static void an_unreachable_server_is_busy(void **state)
{
	(void)state;
	struct store *s = NULL;
	/* Nobody listens on the discard port. */
	struct store_options options = {.database = "postgres://test@127.0.0.1:9/none"};
	int64_t start_ms = clock_elapsed_ms();
	assert_int_equal(store_new(&options, &s, &err), BUSY);
	assert_null(s);
	assert_true(clock_elapsed_ms() - start_ms < 5000);
}

static void a_database_that_does_not_exist_is_not_made(void **state)
{
	(void)state;
	struct store *s = NULL;
	const char *url = arena_printf(arena, "%s_missing", database);
	struct store_options options = {.database = url, .is_new_allowed = true};
	assert_int_not_equal(store_new(&options, &s, &err), OK);
	assert_null(s);
}

static void a_database_of_another_encoding_is_refused(void **state)
{
	(void)state;
	struct store *s = NULL;
	const char *name = strrchr(database, '/') + 1;
	struct store_options options = {.database = arena_printf(arena, "%s_latin", database)};
	fixture_sql(getenv("TEST_POSTGRES"),
		arena_printf(arena,
			"CREATE DATABASE %s_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
			name));
	assert_int_equal(store_new(&options, &s, &err), INVALID);
	assert_non_null(strstr(err.message, "UTF8"));
	fixture_sql(getenv("TEST_POSTGRES"), arena_printf(arena, "DROP DATABASE %s_latin", name));
}

static enum rc take_two(struct tx *tx, void *arg, struct err *e)
{
	const int *first = arg;
	for (int i = 0; i < 2; i++) {
		const struct value slot[] = {INT(1), INT((*first + i) % 2)};
		TRY(run(tx_db(tx), ST_SLOT_TAKE, slot, e));
	}
	return OK;
}

static enum rc make_slots(struct tx *tx, void *arg, struct err *e)
{
	(void)arg;
	for (int i = 0; i < 2; i++) {
		const struct value slot[] = {INT(1), INT(i), INT(1000000)};
		TRY(run(tx_db(tx), ST_SLOT_INSERT, slot, e));
	}
	return OK;
}

static void *cross(void *context)
{
	int *first = context;
	struct arena *a = arena_new();
	intptr_t n_failed = 0;
	for (int i = 0; i < 20; i++) {
		struct err e = err_in(a);
		n_failed += tx_run(store, TX_NORMAL, 1, take_two, first, &e) != OK;
	}
	arena_free(a);
	return (void *)n_failed;
}

static void writes_that_take_rows_crosswise_all_get_through(void **state)
{
	(void)state;
	pthread_t threads[4];
	int firsts[4] = {0, 1, 0, 1};
	assert_int_equal(tx_run(store, TX_NORMAL, 1, make_slots, NULL, &err), OK);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, cross, &firsts[i]), 0);
	for (int i = 0; i < 4; i++) {
		void *n_failed;
		pthread_join(threads[i], &n_failed);
		assert_null(n_failed);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lost_idle_connections_go_unnoticed),
		TEST(a_connection_lost_before_commit_is_a_rerun),
		TEST(a_commit_of_unknown_outcome_is_never_repeated),
		TEST(a_reader_whose_snapshot_is_lost_says_so),
		TEST(an_unreachable_server_is_busy),
		TEST(a_database_that_does_not_exist_is_not_made),
		TEST(a_database_of_another_encoding_is_refused),
		TEST(writes_that_take_rows_crosswise_all_get_through),
	};
	return run_on(ENGINE_POSTGRES, "connections", tests, sizeof tests / sizeof *tests);
}

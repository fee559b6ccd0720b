/* Reading and writing rows: what holds for a statement on either engine. */
#include "store_fixture.h"

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "base/fault.h"

static struct store *store;
static struct arena *arena;
static struct err err;

static int setup(void **state)
{
	(void)state;
	store = fixture_store(fixture_database(test_engine));
	arena = arena_new();
	err = err_in(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	disarm_faults();
	store_free(store);
	arena_free(arena);
	return 0;
}

/* ---- writes in one line ---- */

struct write {
	int st;
	const struct value *params;
	int64_t n_changed;
};

static enum rc write_fn(struct tx *tx, void *arg, struct err *e)
{
	struct write *w = arg;
	return statement_run(
		tx_db(tx), statement_table[w->st], w->params, NULL, NULL, &w->n_changed, e);
}

static enum rc write_one(int st, const struct value *params, int64_t *n_changed)
{
	struct write w = {st, params, -1};
	err_clear(&err);
	enum rc rc = tx_run(store, TX_NORMAL, 1, write_fn, &w, &err);
	if (n_changed)
		*n_changed = w.n_changed;
	return rc;
}

static enum rc write_note(int64_t id, const char *title, double score, int64_t author_id)
{
	const struct value params[] = {
		INT(1), INT(id), TEXT(title), REAL(score), INT_OR_0(author_id)};
	return write_one(ST_NOTE_INSERT, params, NULL);
}

struct note {
	const char *title;
	double score;
	int64_t author_id;
	int n_rows;
};

static void take_note(void *context, const struct row *r)
{
	struct note *n = context;
	n->title = row_text(r, 0, arena);
	n->score = row_real(r, 1);
	n->author_id = row_int(r, 2);
	n->n_rows++;
}

static struct note read_note(int64_t id)
{
	struct db *db;
	struct note note = {0};
	const struct value params[] = {INT(1), INT(id)};
	assert_int_equal(db_acquire(store, &db, &err), OK);
	assert_int_equal(statement_run(db, statement_table[ST_NOTE_BY_ID], params, take_note, &note,
				 NULL, &err),
		OK);
	db_release(db);
	return note;
}

static int64_t count_notes(struct db *db)
{
	int64_t n = -1;
	const struct value params[] = {INT(1)};
	assert_int_equal(run_int(db, ST_NOTE_COUNT, params, &n, &err), OK);
	return n;
}

/* ---- values ---- */

static void every_kind_of_value_comes_back(void **state)
{
	(void)state;
	assert_int_equal(write_note(INT64_MAX, "Zoë’s “naïve” 'quote' 日本 \\x \"", 0.1, -5), OK);
	struct note n = read_note(INT64_MAX);
	assert_int_equal(n.n_rows, 1);
	assert_string_equal(n.title, "Zoë’s “naïve” 'quote' 日本 \\x \"");
	assert_true(n.score == 0.1);
	assert_int_equal(n.author_id, -5);

	assert_int_equal(write_note(INT64_MIN, "", -1.7976931348623157e308, INT64_MIN), OK);
	n = read_note(INT64_MIN);
	assert_string_equal(n.title, "");
	assert_true(n.score == -1.7976931348623157e308);
	assert_true(n.author_id == INT64_MIN);
}

static void null_text_stays_null_and_zero_stands_for_null_where_said(void **state)
{
	(void)state;
	assert_int_equal(write_note(1, NULL, 0, 0), OK);
	struct note n = read_note(1);
	assert_null(n.title);
	assert_int_equal(n.author_id, 0);

	/* Not said: 0 is 0, so it is found as an id. */
	assert_int_equal(write_note(0, "zero", 0, 7), OK);
	n = read_note(0);
	assert_string_equal(n.title, "zero");
	assert_int_equal(n.author_id, 7);
}

static void a_real_that_is_no_number_is_refused(void **state)
{
	(void)state;
	assert_int_equal(write_note(1, "x", (double)NAN, 0), INTERNAL);
	assert_int_equal(write_note(1, "x", (double)INFINITY, 0), INTERNAL);
	assert_int_equal(read_note(1).n_rows, 0);
}

static void long_texts_and_many_rows_come_back_whole(void **state)
{
	(void)state;
	size_t n = 300000;
	char *text = arena_alloc(arena, n + 1);
	memset(text, 'x', n);
	assert_int_equal(write_note(1, text, 0, 0), OK);
	assert_string_equal(read_note(1).title, text);
}

struct ids {
	int64_t id[100];
	int n;
};

static void take_id(void *context, const struct row *r)
{
	struct ids *ids = context;
	ids->id[ids->n++] = row_int(r, 0);
}

static void rows_come_in_the_order_of_the_statement(void **state)
{
	(void)state;
	for (int i = 49; i >= 0; i--)
		assert_int_equal(write_note(i, "n", 0, 0), OK);
	struct db *db;
	struct ids ids = {.n = 0};
	const struct value params[] = {INT(1)};
	assert_int_equal(db_acquire(store, &db, &err), OK);
	assert_int_equal(
		statement_run(db, statement_table[ST_NOTES], params, take_id, &ids, NULL, &err),
		OK);
	assert_int_equal(db_n_statements(db), 1);
	db_release(db);
	assert_int_equal(ids.n, 50);
	for (int i = 0; i < 50; i++)
		assert_int_equal(ids.id[i], i);
}

static enum rc insert_returning(struct tx *tx, void *arg, struct err *e)
{
	struct ids *ids = arg;
	int64_t n_changed = -1;
	const struct value params[] = {INT(1), INT(10)};
	TRY(statement_run(tx_db(tx), statement_table[ST_NOTE_INSERT_RETURNING], params, take_id,
		ids, &n_changed, e));
	return n_changed == 2 ? OK : INTERNAL;
}

static void changed_rows_are_counted(void **state)
{
	(void)state;
	int64_t n = -1;
	const struct value keep[] = {INT(1), INT(1)};
	assert_int_equal(write_one(ST_NOTE_KEEP, keep, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(write_one(ST_NOTE_KEEP, keep, &n), OK);
	assert_int_equal(n, 0);
	const struct value retitle[] = {INT(1), INT(2), TEXT("x")};
	assert_int_equal(write_one(ST_NOTE_RETITLE, retitle, &n), OK);
	assert_int_equal(n, 0);
	/* A reading statement changes none, also right after one that did. */
	const struct value count[] = {INT(1)};
	assert_int_equal(write_one(ST_NOTE_COUNT, count, &n), OK);
	assert_int_equal(n, 0);

	struct ids ids = {.n = 0};
	assert_int_equal(tx_run(store, TX_NORMAL, 1, insert_returning, &ids, &err), OK);
	assert_int_equal(ids.n, 2);
	assert_int_equal(ids.id[0] + ids.id[1], 21);
}

/* ---- errors ---- */

static void broken_constraints_have_their_own_result(void **state)
{
	(void)state;
	const struct value slot[] = {INT(1), INT(1), INT(2)};
	assert_int_equal(write_one(ST_SLOT_INSERT, slot, NULL), OK);
	assert_int_equal(write_one(ST_SLOT_INSERT, slot, NULL), CONFLICT); /* primary key */

	const struct value booking[] = {INT(1), INT(1), INT(1), INT(7)};
	const struct value again[] = {INT(1), INT(2), INT(1), INT(7)};
	assert_int_equal(write_one(ST_BOOKING_INSERT, booking, NULL), OK);
	assert_int_equal(write_one(ST_BOOKING_INSERT, again, NULL), CONFLICT); /* unique */
	assert_non_null(err.message);

	const struct value orphan[] = {INT(1), INT(3), INT(99), INT(7)};
	assert_int_equal(write_one(ST_BOOKING_INSERT, orphan, NULL), INVALID); /* foreign key */
	const struct value over[] = {INT(1), INT(1), INT(3)};
	assert_int_equal(write_one(ST_SLOT_SET_TAKEN, over, NULL), INVALID); /* check */
	const struct value null[] = {INT(1), INT(1), INT_OR_0(0)};
	assert_int_equal(write_one(ST_SLOT_SET_TAKEN, null, NULL), INVALID); /* not null */
	const struct value fits[] = {INT(1), INT(1), INT(2)};
	assert_int_equal(write_one(ST_SLOT_SET_TAKEN, fits, NULL), OK);
}

static void the_message_names_no_internals(void **state)
{
	(void)state;
	assert_int_equal(write_note(1, "a", 0, 0), OK);
	assert_int_equal(write_note(1, "b", 0, 0), CONFLICT);
	assert_null(strstr(err.message, "note"));
	assert_null(strstr(err.message, "UNIQUE"));
}

static enum rc overlook(struct tx *tx, void *arg, struct err *e)
{
	int *n_refused = arg;
	const struct value first[] = {INT(1), INT(1), TEXT("a"), REAL(0), INT(0)};
	const struct value second[] = {INT(1), INT(2), TEXT("b"), REAL(0), INT(0)};
	struct err unheard = err_in(tx_arena(tx));
	TRY(run(tx_db(tx), ST_NOTE_INSERT, first, e));
	*n_refused += run(tx_db(tx), ST_NOTE_INSERT, first, &unheard) == CONFLICT;
	*n_refused += run(tx_db(tx), ST_NOTE_INSERT, second, &unheard) == CONFLICT;
	return OK;
}

static void after_a_failed_statement_nothing_of_the_write_is_kept(void **state)
{
	(void)state;
	int n_refused = 0;
	assert_int_equal(tx_run(store, TX_NORMAL, 1, overlook, &n_refused, &err), CONFLICT);
	assert_int_equal(n_refused, 2);
	assert_non_null(err.message);
	assert_int_equal(read_note(1).n_rows, 0);
	assert_int_equal(read_note(2).n_rows, 0);
}

static void a_failed_read_is_internal_and_the_connection_recovers(void **state)
{
	(void)state;
	struct db *db;
	int64_t n = -1;
	const struct value params[] = {INT(1)};
	arm_fault(FAULT_STORE_READ, 1);
	assert_int_equal(db_acquire(store, &db, &err), OK);
	assert_int_equal(run_int(db, ST_NOTE_COUNT, params, &n, &err), INTERNAL);
	db_release(db);
	err_clear(&err);
	for (int i = 0; i < 10; i++) {
		assert_int_equal(db_acquire(store, &db, &err), OK);
		assert_int_equal(count_notes(db), 0);
		db_release(db);
	}
}

/* ---- readers ---- */

static void readers_cannot_write(void **state)
{
	(void)state;
	const struct value params[] = {INT(1), INT(1), TEXT("a"), REAL(0), INT(0)};
	struct db *db;
	assert_int_equal(db_acquire(store, &db, &err), OK);
	assert_int_equal(run(db, ST_NOTE_INSERT, params, &err), INTERNAL);
	db_release(db);
	assert_int_equal(read_note(1).n_rows, 0);
	/* The same statement with the same values is a good one. */
	assert_int_equal(write_one(ST_NOTE_INSERT, params, NULL), OK);
}

static void nobody_changes_the_schema_of_sqlite(void **state)
{
	(void)state;
	if (test_engine != ENGINE_SQLITE)
		return;
	struct db *db;
	assert_int_equal(write_one(ST_DDL, NULL, NULL), INTERNAL);
	assert_int_equal(db_acquire(store, &db, &err), OK);
	err_clear(&err);
	assert_int_equal(run(db, ST_DDL, NULL, &err), INTERNAL);
	db_release(db);
}

static void a_reader_sees_one_state_until_it_is_released(void **state)
{
	(void)state;
	struct db *db;
	assert_int_equal(write_note(1, "before", 0, 0), OK);
	assert_int_equal(db_acquire(store, &db, &err), OK);
	assert_int_equal(count_notes(db), 1);
	assert_int_equal(write_note(2, "after", 0, 0), OK);
	assert_int_equal(count_notes(db), 1);
	assert_int_equal(db_n_statements(db), 2);
	db_release(db);
	assert_int_equal(db_acquire(store, &db, &err), OK);
	assert_int_equal(db_n_statements(db), 0);
	assert_int_equal(count_notes(db), 2);
	db_release(db);
}

static void *acquire_and_count(void *context)
{
	int64_t *n = context;
	struct arena *a = arena_new();
	struct err e = err_in(a);
	struct db *db;
	const struct value params[] = {INT(1)};
	if (db_acquire(store, &db, &e) == OK) {
		if (run_int(db, ST_NOTE_COUNT, params, n, &e) != OK)
			*n = -2;
		db_release(db);
	}
	arena_free(a);
	return NULL;
}

static void more_readers_than_connections_wait_their_turn_on_small_stacks(void **state)
{
	(void)state;
	enum { N = 40 };
	pthread_t threads[N];
	int64_t counts[N];
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, (size_t)100 * 1024);
	assert_int_equal(write_note(1, "a", 0, 0), OK);
	for (int i = 0; i < N; i++) {
		counts[i] = -1;
		assert_int_equal(
			pthread_create(&threads[i], &small, acquire_and_count, &counts[i]), 0);
	}
	for (int i = 0; i < N; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(counts[i], 1);
	}
	pthread_attr_destroy(&small);
}

static void a_healthy_store_says_so(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(store_check(store, &err), OK);
	assert_int_equal(store_engine(store), test_engine);
	arm_fault(FAULT_STORE_READ, 1);
	assert_int_equal(store_check(store, &err), INTERNAL);
	err_clear(&err);
	assert_int_equal(store_check(store, &err), OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_kind_of_value_comes_back),
		TEST(null_text_stays_null_and_zero_stands_for_null_where_said),
		TEST(a_real_that_is_no_number_is_refused),
		TEST(long_texts_and_many_rows_come_back_whole),
		TEST(rows_come_in_the_order_of_the_statement),
		TEST(changed_rows_are_counted),
		TEST(broken_constraints_have_their_own_result),
		TEST(the_message_names_no_internals),
		TEST(after_a_failed_statement_nothing_of_the_write_is_kept),
		TEST(a_failed_read_is_internal_and_the_connection_recovers),
		TEST(readers_cannot_write),
		TEST(nobody_changes_the_schema_of_sqlite),
		TEST(a_reader_sees_one_state_until_it_is_released),
		TEST(more_readers_than_connections_wait_their_turn_on_small_stacks),
		TEST(a_healthy_store_says_so),
	};
	return run_on_both("statements", tests, sizeof tests / sizeof *tests);
}

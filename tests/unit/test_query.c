/*
 * What mkquery makes of statements, run: the statements of tests/must_fail/query/ok, as they stand
 * in tests/golden/query, on a database made by the migrations beside them.
 */
#include "../golden/query/query.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/log.h"

static struct store *store;
static struct arena *arena;
static struct err err;
static bool is_postgres;

/* ---- a fresh database for each test ---- */

static int n_databases;

static const char *name_database(void)
{
	return arena_printf(arena, "query_test_%d_%d", (int)getpid(), n_databases);
}

static void on_server(const char *verb)
{
	PGconn *server = PQconnectdb(getenv("TEST_POSTGRES"));
	const char *sql = arena_printf(arena, "%s DATABASE %s", verb, name_database());
	PGresult *result = PQexec(server, sql);
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(server));
	PQclear(result);
	PQfinish(server);
}

static const char *find_database(void)
{
	if (!is_postgres)
		return arena_printf(arena, "/tmp/%s.db", name_database());
	const char *url = getenv("TEST_POSTGRES");
	size_t n = strlen(url);
	while (n > 0 && url[n - 1] != '/')
		n--;
	return arena_printf(arena, "%.*s%s", (int)n, url, name_database());
}

static int setup(void **state)
{
	(void)state;
	n_databases++;
	arena = arena_new();
	err = err_in(arena);
	if (is_postgres)
		on_server("CREATE");
	struct store_options options = {.database = find_database(), .is_new_allowed = true};
	if (store_new(&options, &store, &err) != OK)
		fail_msg("%s", err.message);
	return 0;
}

static int teardown(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	(void)state;
	store_free(store);
	if (is_postgres)
		on_server("DROP");
	for (size_t i = 0; !is_postgres && i < sizeof ends / sizeof *ends; i++)
		remove(arena_printf(arena, "/tmp/%s.db%s", name_database(), ends[i]));
	arena_free(arena);
	return 0;
}

/* ---- some rows ---- */

enum { EVENT = 7, OWNER = 70, OTHER = 71 };

struct work {
	int n;             /* submissions to make, with ids from 1 */
	int64_t place_id;  /* of each */
	const char *title; /* of each; NULL: one by its number */
};

static enum rc add_person(struct tx *tx, int64_t id, struct err *e)
{
	struct q_person_add_in in = {
		.event_id = EVENT, .id = id, .name = "Łukasz Nguyễn", .sort_key = "4a"};
	return q_person_add(tx, &in, NULL, e);
}

static enum rc add_rows(struct tx *tx, void *arg, struct err *e)
{
	const struct work *w = arg;
	TRY(add_person(tx, OWNER, e));
	TRY(add_person(tx, OTHER, e));
	for (int i = 1; i <= w->n; i++) {
		struct q_submission_add_in in = {.event_id = EVENT,
			.id = i,
			.code = arena_printf(tx_arena(tx), "C%05d", i),
			.owner_id = OWNER,
			.title = w->title ? w->title : arena_printf(tx_arena(tx), "Title %05d", i),
			.place_id = w->place_id};
		int64_t n_changed = 0;
		TRY(q_submission_add(tx, &in, &n_changed, e));
		assert_int_equal(n_changed, 1);
	}
	return OK;
}

static void make(struct work w)
{
	assert_int_equal(tx_run(store, TX_NORMAL, EVENT, add_rows, &w, &err), OK);
}

static struct db *reader(void)
{
	struct db *db = NULL;
	assert_int_equal(db_acquire(store, &db, &err), OK);
	return db;
}

/* ---- one row ---- */

static enum rc read_by_code(const char *code, struct q_submission_by_code *out)
{
	struct db *db = reader();
	struct q_submission_by_code_in in = {.event_id = EVENT, .code = code};
	enum rc rc = q_submission_by_code(db, arena, &in, out, &err);
	db_release(db);
	return rc;
}

static void one_reads_the_row(void **state)
{
	(void)state;
	struct q_submission_by_code row;
	make((struct work){.n = 2, .place_id = 12});
	assert_int_equal(read_by_code("C00002", &row), OK);
	assert_int_equal(row.id, 2);
	assert_string_equal(row.title, "Title 00002");
	assert_string_equal(row.state, "draft");
	assert_int_equal(row.room_id, 12);
	assert_int_equal(row.submitted_at, 0);
}

static void one_without_a_row_is_not_found(void **state)
{
	(void)state;
	struct q_submission_by_code row = {.id = 5, .title = "left over"};
	make((struct work){.n = 2});
	assert_int_equal(read_by_code("C00003", &row), NOT_FOUND);
	assert_int_equal(err.rc, NOT_FOUND);
	assert_non_null(err.message);
	assert_int_equal(row.id, 0);
	assert_null(row.title);
}

static void one_with_two_rows_is_a_fault(void **state)
{
	(void)state;
	struct q_submission_titled row;
	struct q_submission_titled_in in = {.event_id = EVENT, .title = "Twins"};
	make((struct work){.n = 2, .title = "Twins"});
	struct db *db = reader();
	assert_int_equal(q_submission_titled(db, arena, &in, &row, &err), INTERNAL);
	db_release(db);
}

static void rows_of_another_event_are_not_there(void **state)
{
	(void)state;
	struct q_submission_by_code row;
	make((struct work){.n = 1});
	struct db *db = reader();
	struct q_submission_by_code_in in = {.event_id = EVENT + 1, .code = "C00001"};
	assert_int_equal(q_submission_by_code(db, arena, &in, &row, &err), NOT_FOUND);
	db_release(db);
}

/* ---- maybe a row ---- */

static bool find_owner(int64_t viewer_id, struct q_submission_find_owner *out)
{
	struct db *db = reader();
	bool found = viewer_id == OTHER; /* must be overwritten */
	struct q_submission_find_owner_in in = {
		.event_id = EVENT, .code = "C00001", .viewer_id = viewer_id};
	assert_int_equal(q_submission_find_owner(db, arena, &in, out, &found, &err), OK);
	db_release(db);
	return found;
}

static void maybe_says_whether_a_row_was_found(void **state)
{
	(void)state;
	struct q_submission_find_owner row;
	make((struct work){.n = 1});
	assert_true(find_owner(OWNER, &row));
	assert_string_equal(row.name, "Łukasz Nguyễn");
	assert_null(row.pronouns);
	assert_false(find_owner(OTHER, &row)); /* by the policy predicate: it is a draft */
	assert_null(row.name);
}

/* ---- many rows ---- */

static struct q_submission_list *list(int64_t viewer_id, int64_t limit, size_t *n)
{
	struct db *db = reader();
	struct q_submission_list *rows = NULL;
	struct q_submission_list_in in = {
		.event_id = EVENT, .viewer_id = viewer_id, .limit = limit};
	assert_int_equal(q_submission_list(db, arena, &in, &rows, n, &err), OK);
	db_release(db);
	return rows;
}

static void many_keeps_every_row_in_order(void **state)
{
	/* Around the sizes of the chunks in which rows are gathered. */
	static const size_t sizes[] = {1, 15, 16, 17, 48, 49, 2032, 2033, 3000};
	(void)state;
	make((struct work){.n = 3000});
	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		size_t n = 0;
		struct q_submission_list *rows = list(OWNER, (int64_t)sizes[k], &n);
		assert_int_equal(n, sizes[k]);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(rows[i].id, i + 1);
			assert_string_equal(
				rows[i].title, arena_printf(arena, "Title %05d", (int)i + 1));
			assert_int_equal(rows[i].is_mine, 1);
		}
	}
}

static void many_without_rows_is_null(void **state)
{
	(void)state;
	size_t n = 5;
	make((struct work){.n = 3});
	assert_null(list(OTHER, 100, &n));
	assert_int_equal(n, 0);
}

static void many_says_why_it_failed(void **state)
{
	(void)state;
	size_t n = 5;
	struct q_submission_list *rows = (void *)&n;
	struct q_submission_list_in in = {.event_id = EVENT, .limit = -1};
	make((struct work){.n = 3});
	struct db *db = reader();
	enum rc rc = q_submission_list(db, arena, &in, &rows, &n, &err);
	db_release(db);
	assert_int_equal(
		rc, is_postgres ? INTERNAL : OK); /* no limit for SQLite, nonsense for the other */
	assert_int_equal(n, 0);
	assert_null(rows);
}

/* ---- NULL ---- */

static enum rc add_review(struct tx *tx, void *arg, struct err *e)
{
	const struct q_review_add_in *in = arg;
	return q_review_add(tx, in, NULL, e);
}

static void outer_joins_read_as_zero_and_null(void **state)
{
	(void)state;
	make((struct work){.n = 2});
	struct q_review_add_in in = {.event_id = EVENT,
		.id = 900,
		.submission_id = 2,
		.reviewer_id = OTHER,
		.score = 3.25,
		.remark = "Clear",
		.finished_at = 1234567890123};
	assert_int_equal(tx_run(store, TX_NORMAL, EVENT, add_review, &in, &err), OK);
	struct db *db = reader();
	struct q_submission_reviews *rows = NULL;
	size_t n = 0;
	struct q_submission_reviews_in of = {.event_id = EVENT, .owner_id = OWNER};
	assert_int_equal(q_submission_reviews(db, arena, &of, &rows, &n, &err), OK);
	db_release(db);
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].finished_at, 1234567890123); /* NULLS LAST */
	assert_true(rows[0].score == 3.25);
	assert_string_equal(rows[0].remark, "Clear");
	assert_int_equal(rows[1].review_id, 0);
	assert_true(rows[1].score == 0);
	assert_null(rows[1].remark);
}

static size_t count_visible(int64_t room_id)
{
	struct db *db = reader();
	struct q_review_visible *rows = NULL;
	size_t n = 0;
	struct q_review_visible_in in = {.event_id = EVENT, .viewer_id = OWNER, .room_id = room_id};
	assert_int_equal(q_review_visible(db, arena, &in, &rows, &n, &err), OK);
	db_release(db);
	return n;
}

static void zero_goes_in_as_null(void **state)
{
	(void)state;
	make((struct work){.n = 1, .place_id = 0});
	struct q_review_add_in in = {.event_id = EVENT,
		.id = 900,
		.submission_id = 1,
		.reviewer_id = OTHER,
		.score = 1,
		.finished_at = 1};
	assert_int_equal(tx_run(store, TX_NORMAL, EVENT, add_review, &in, &err), OK);
	assert_int_equal(count_visible(0), 1);  /* no room asked for */
	assert_int_equal(count_visible(12), 0); /* the submission has none */
}

/* ---- writing ---- */

struct submit {
	struct q_submission_submit out;
	enum rc second;
};

static enum rc submit(struct tx *tx, void *arg, struct err *e)
{
	struct submit *s = arg;
	struct q_submission_submit_in in = {.event_id = EVENT, .id = 1, .now = 777};
	TRY(q_submission_submit(tx, arena, &in, &s->out, e));
	struct q_submission_submit again;
	struct err inner = err_in(tx_arena(tx));
	s->second = q_submission_submit(tx, tx_arena(tx), &in, &again, &inner);
	return OK;
}

static void returning_gives_the_changed_row(void **state)
{
	(void)state;
	struct submit s = {.second = OK};
	make((struct work){.n = 1});
	assert_int_equal(tx_run(store, TX_NORMAL, EVENT, submit, &s, &err), OK);
	assert_int_equal(s.out.submitted_at, 777);
	assert_string_equal(s.out.code, "C00001");
	assert_int_equal(s.second, NOT_FOUND);
	struct q_submission_by_code row;
	assert_int_equal(read_by_code("C00001", &row), OK);
	assert_string_equal(row.state, "submitted");
}

static enum rc copy(struct tx *tx, void *arg, struct err *e)
{
	struct q_submission_copy_in in = {
		.event_id = EVENT, .step = 100, .from_id = OWNER, .to_id = OTHER};
	return q_submission_copy(tx, &in, arg, e);
}

static void exec_says_how_many_rows_changed(void **state)
{
	(void)state;
	int64_t n_changed = -1;
	make((struct work){.n = 5});
	assert_int_equal(tx_run(store, TX_NORMAL, EVENT, copy, &n_changed, &err), OK);
	assert_int_equal(n_changed, 5);
}

static enum rc claim(struct tx *tx, void *arg, struct err *e)
{
	struct q_job_claim_in in = {.lane = 1, .now = 50, .until = 80};
	struct q_job_claim *claims = arg;
	bool found[2] = {false, true};
	TRY(q_job_add(tx, &(struct q_job_add_in){.lane = 1, .id = 5, .kind = "mail", .run_at = 40},
		NULL, e));
	TRY(q_job_claim(tx, arena, &in, &claims[0], &found[0], e));
	TRY(q_job_claim(tx, arena, &in, &claims[1], &found[1], e));
	assert_true(found[0]);
	assert_false(found[1]);
	return OK;
}

static void a_job_is_claimed_once(void **state)
{
	(void)state;
	struct q_job_claim claims[2];
	assert_int_equal(tx_run(store, TX_NORMAL, 0, claim, claims, &err), OK);
	assert_int_equal(claims[0].id, 5);
	assert_int_equal(claims[0].event_id, 0);
	assert_string_equal(claims[0].kind, "mail");
	assert_int_equal(claims[1].id, 0);
}

static enum rc add_twice(struct tx *tx, void *arg, struct err *e)
{
	(void)arg;
	TRY(add_person(tx, OWNER, e));
	return add_person(tx, OWNER, e);
}

static void a_broken_key_is_a_conflict(void **state)
{
	(void)state;
	assert_int_equal(tx_run(store, TX_NORMAL, EVENT, add_twice, NULL, &err), CONFLICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_reads_the_row, setup, teardown),
		cmocka_unit_test_setup_teardown(one_without_a_row_is_not_found, setup, teardown),
		cmocka_unit_test_setup_teardown(one_with_two_rows_is_a_fault, setup, teardown),
		cmocka_unit_test_setup_teardown(
			rows_of_another_event_are_not_there, setup, teardown),
		cmocka_unit_test_setup_teardown(
			maybe_says_whether_a_row_was_found, setup, teardown),
		cmocka_unit_test_setup_teardown(many_keeps_every_row_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(many_without_rows_is_null, setup, teardown),
		cmocka_unit_test_setup_teardown(many_says_why_it_failed, setup, teardown),
		cmocka_unit_test_setup_teardown(outer_joins_read_as_zero_and_null, setup, teardown),
		cmocka_unit_test_setup_teardown(zero_goes_in_as_null, setup, teardown),
		cmocka_unit_test_setup_teardown(returning_gives_the_changed_row, setup, teardown),
		cmocka_unit_test_setup_teardown(exec_says_how_many_rows_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(a_job_is_claimed_once, setup, teardown),
		cmocka_unit_test_setup_teardown(a_broken_key_is_a_conflict, setup, teardown),
	};
	log_set_level(LOG_ERROR);
	int n_failed = cmocka_run_group_tests_name("query on SQLite", tests, NULL, NULL);
	is_postgres = getenv("TEST_POSTGRES") != NULL;
	if (is_postgres)
		n_failed += cmocka_run_group_tests_name("query on PostgreSQL", tests, NULL, NULL);
	return n_failed;
}

/* The schema: going up, refusing to go on, and the text for PostgreSQL. */
#include "store_fixture.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "store/engine.h"

static const char *database;
static struct arena *arena;
static struct err err;

static int setup(void **state)
{
	(void)state;
	database = fixture_database(test_engine);
	arena = arena_new();
	err = err_in(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* Brings the database to a schema that is not the one of this program. */
static enum rc migrate(const struct migration *all, int n, struct err *e)
{
	struct store *s = heap_alloc(sizeof *s);
	s->ops = test_engine == ENGINE_SQLITE ? &sqlite_ops : &postgres_ops;
	s->database = heap_strdup(database);
	s->is_new_allowed = true;
	s->lock_fd = -1;
	enum rc rc = s->ops->attach ? s->ops->attach(s, e) : OK;
	if (rc == OK)
		rc = db_open(s, ACCESS_WRITE, &s->first, e);
	if (rc == OK)
		rc = s->ops->ready(s->first, e);
	if (rc == OK)
		rc = migrate_up(s, all, n, e);
	if (s->first)
		db_close(s->first);
	if (s->ops->detach)
		s->ops->detach(s);
	heap_free(s->database);
	heap_free(s);
	return rc;
}

static enum rc open_store(struct store **out)
{
	struct store_options options = {.database = database, .is_new_allowed = true};
	err_clear(&err);
	return store_new(&options, out, &err);
}

static int version_in_force(void)
{
	struct store *s = fixture_store(database);
	int version = migrate_version(s);
	store_free(s);
	return version;
}

static const struct migration one[] = {{1, "one", "CREATE TABLE a (id INTEGER) STRICT;", "aa"}};

static void a_new_database_gets_every_migration_once(void **state)
{
	(void)state;
	assert_int_equal(version_in_force(), 2);
	assert_int_equal(version_in_force(), 2);
}

static void only_what_is_missing_is_applied(void **state)
{
	(void)state;
	const struct migration two[] = {
		one[0], {2, "two", "ALTER TABLE a ADD COLUMN note TEXT;", "bb"}};
	const struct migration changed_second[] = {one[0], {2, "two", "", "cc"}};
	assert_int_equal(migrate(one, 1, &err), OK);
	assert_int_equal(migrate(two, 2, &err), OK);
	assert_int_equal(migrate(two, 2, &err), OK);
	assert_int_equal(migrate(changed_second, 2, &err), CONFLICT);
}

static void a_changed_migration_is_a_conflict(void **state)
{
	(void)state;
	const struct migration changed[] = {{1, "one", one[0].sql, "ab"}};
	struct store *s = NULL;
	assert_int_equal(migrate(one, 1, &err), OK);
	assert_int_equal(migrate(changed, 1, &err), CONFLICT);
	assert_int_equal(open_store(&s), CONFLICT);
	assert_null(s);
	assert_non_null(strstr(err.message, "Step 1"));
}

static void a_newer_schema_is_a_conflict(void **state)
{
	(void)state;
	struct store *s = NULL;
	struct migration three[] = {migration_table[0], migration_table[1],
		{3, "three", "CREATE TABLE c (id INTEGER) STRICT;", "33"}};
	assert_int_equal(migrate(three, 3, &err), OK);
	assert_int_equal(open_store(&s), CONFLICT);
	assert_null(s);
	assert_non_null(strstr(err.message, "newer"));
	assert_int_equal(migrate(three, 3, &err), OK);
}

static void a_broken_migration_leaves_nothing_of_itself(void **state)
{
	(void)state;
	const struct migration broken[] = {one[0],
		{2, "two", "CREATE TABLE b (id INTEGER) STRICT; CREATE TABLE b (id INTEGER);",
			"bb"}};
	const struct migration mended[] = {
		one[0], {2, "two", "CREATE TABLE b (id INTEGER) STRICT;", "dd"}};
	assert_int_equal(migrate(broken, 2, &err), INTERNAL);
	err_clear(&err);
	assert_int_equal(migrate(one, 1, &err), OK);
	assert_int_equal(migrate(mended, 2, &err), OK);
}

static void *migrate_too(void *context)
{
	enum rc *rc = context;
	struct arena *a = arena_new();
	struct err e = err_in(a);
	*rc = migrate(migration_table, n_migrations, &e);
	arena_free(a);
	return NULL;
}

static void servers_that_start_together_migrate_once(void **state)
{
	(void)state;
	enum { N = 6 };
	pthread_t threads[N];
	enum rc results[N];
	if (test_engine == ENGINE_SQLITE)
		return; /* one process a file */
	for (int i = 0; i < N; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, migrate_too, &results[i]), 0);
	for (int i = 0; i < N; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(results[i], OK);
	}
	assert_int_equal(version_in_force(), 2);
}

static void types_are_translated_and_texts_left_alone(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
		{"a INTEGER NOT NULL", "a BIGINT NOT NULL"},
		{"b TEXT, c REAL", "b TEXT COLLATE \"C\", c DOUBLE PRECISION"},
		{") STRICT;", ") ;"},
		{"text TEXT", "text TEXT COLLATE \"C\""},
		{"'an INTEGER''s TEXT' TEXT", "'an INTEGER''s TEXT' TEXT COLLATE \"C\""},
		{"\"REAL \"\" TEXT\" REAL", "\"REAL \"\" TEXT\" DOUBLE PRECISION"},
		{"-- don't STRICT\nINTEGER", "-- don't STRICT\nBIGINT"},
		{"/* TEXT '\n */ REAL", "/* TEXT '\n */ DOUBLE PRECISION"},
		{"INTEGERS MY_TEXT TEXT2 STRICTLY", "INTEGERS MY_TEXT TEXT2 STRICTLY"},
		{"CAST(x AS TEXT)", "CAST(x AS TEXT)"},
		{"CAST(x AS INTEGER)", "CAST(x AS BIGINT)"},
		{"x'ff' - 1 / 2", "x'ff' - 1 / 2"},
		{"'open TEXT", "'open TEXT"},
		{"/* open TEXT", "/* open TEXT"},
		{"-- TEXT", "-- TEXT"},
		{"'é' INTEGER", "'é' BIGINT"},
		{"", ""},
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		assert_string_equal(migration_postgres(arena, pairs[i][0]), pairs[i][1]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_database_gets_every_migration_once),
		TEST(only_what_is_missing_is_applied),
		TEST(a_changed_migration_is_a_conflict),
		TEST(a_newer_schema_is_a_conflict),
		TEST(a_broken_migration_leaves_nothing_of_itself),
		TEST(servers_that_start_together_migrate_once),
		TEST(types_are_translated_and_texts_left_alone),
	};
	return run_on_both("migrations", tests, sizeof tests / sizeof *tests);
}

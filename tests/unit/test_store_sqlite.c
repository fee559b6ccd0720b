/* The file of the embedded engine: who may open it, and what happens when the disk fails. */
#include "store_fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/clock.h"
#include "base/log.h"
#include "store/engine.h"

/* ---- a file system that can fail to sync the log ---- */

static _Atomic bool is_sync_broken;
static sqlite3_vfs shim;
static sqlite3_io_methods shim_methods;
static const sqlite3_io_methods *real_methods;

static int sync_or_fail(sqlite3_file *file, int flags)
{
	if (atomic_load(&is_sync_broken))
		return SQLITE_IOERR_FSYNC;
	return real_methods->xSync(file, flags);
}

static int open_shimmed(
	sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	const sqlite3_vfs *real = vfs->pAppData;
	int code = real->xOpen(sqlite3_vfs_find("unix"), name, file, flags, out_flags);
	if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL)) {
		real_methods = file->pMethods;
		shim_methods = *real_methods;
		shim_methods.xSync = sync_or_fail;
		file->pMethods = &shim_methods;
	}
	return code;
}

static void use_shim(void)
{
	sqlite3_vfs *real = sqlite3_vfs_find("unix");
	shim = *real;
	shim.zName = "shim";
	shim.pAppData = real;
	shim.xOpen = open_shimmed;
	sqlite3_vfs_register(&shim, 1);
}

/* ---- */

static const char *database;
static struct arena *arena;
static struct err err;

static int setup(void **state)
{
	(void)state;
	database = fixture_database(ENGINE_SQLITE);
	arena = arena_new();
	err = err_in(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	atomic_store(&is_sync_broken, false);
	arena_free(arena);
	return 0;
}

static enum rc open_store(bool is_new_allowed, struct store **out)
{
	struct store_options options = {.database = database, .is_new_allowed = is_new_allowed};
	err_clear(&err);
	*out = NULL;
	return store_new(&options, out, &err);
}

static enum rc insert_note(struct tx *tx, void *arg, struct err *e)
{
	const int64_t *id = arg;
	const struct value note[] = {INT(1), INT(*id), TEXT("x"), REAL(0), INT(0)};
	return run(tx_db(tx), ST_NOTE_INSERT, note, e);
}

static enum rc insert(struct store *s, int64_t id)
{
	err_clear(&err);
	return tx_run(s, TX_NORMAL, 1, insert_note, &id, &err);
}

static int64_t count(struct store *s)
{
	struct db *db;
	int64_t n = -1;
	const struct value event[] = {INT(1)};
	assert_int_equal(db_acquire(s, &db, &err), OK);
	assert_int_equal(run_int(db, ST_NOTE_COUNT, event, &n, &err), OK);
	db_release(db);
	return n;
}

static off_t size_of(const char *suffix)
{
	struct stat st;
	return stat(arena_printf(arena, "%s%s", database, suffix), &st) == 0 ? st.st_size : -1;
}

/* ---- opening ---- */

static void a_file_is_made_only_when_allowed_and_for_its_owner_alone(void **state)
{
	(void)state;
	struct store *s;
	struct stat st;
	assert_int_equal(open_store(false, &s), NOT_FOUND);
	assert_null(s);
	assert_int_equal(size_of(".lock"), -1);
	assert_int_equal(open_store(true, &s), OK);
	assert_int_equal(stat(database, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	store_free(s);
	assert_int_equal(open_store(false, &s), OK);
	store_free(s);
}

static void one_file_has_one_process(void **state)
{
	(void)state;
	struct store *first;
	struct store *second;
	assert_int_equal(open_store(true, &first), OK);
	assert_int_equal(open_store(true, &second), BUSY);
	assert_null(second);
	assert_non_null(strstr(err.message, database));
	assert_int_equal(insert(first, 1), OK);
	store_free(first);
	assert_int_equal(open_store(true, &second), OK);
	store_free(second);
}

static void other_files_are_refused_and_left_alone(void **state)
{
	(void)state;
	struct store *s;
	sqlite3 *foreign;
	int fd = open(database, O_CREAT | O_WRONLY, 0600);
	assert_int_equal(write(fd, "Dear diary, this is not a database, but long enough.", 52), 52);
	close(fd);
	assert_int_equal(open_store(true, &s), INVALID);
	assert_int_equal(size_of(""), 52);

	database = fixture_database(ENGINE_SQLITE);
	assert_int_equal(sqlite3_open(database, &foreign), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(foreign, "CREATE TABLE theirs (id)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(open_store(true, &s), INVALID);
	assert_int_equal(
		sqlite3_exec(foreign, "SELECT * FROM theirs", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(foreign);

	database = "/nowhere/at/all.db";
	assert_int_equal(open_store(true, &s), INVALID);
	assert_non_null(err.message);
}

/* ---- the log ---- */

static enum rc retitle(struct tx *tx, void *arg, struct err *e)
{
	const struct value note[] = {INT(1), INT(1), TEXT((const char *)arg)};
	return run(tx_db(tx), ST_NOTE_RETITLE, note, e);
}

static void the_log_is_folded_in_and_stays_small(void **state)
{
	(void)state;
	struct store *s;
	struct arena *a = arena_new();
	char *text = arena_alloc(a, 20001);
	memset(text, 'x', 20000);
	assert_int_equal(open_store(true, &s), OK);
	assert_int_equal(insert(s, 1), OK);
	/* 3,000 times 5 pages are 60 MB of log, were it never folded in. */
	for (int i = 0; i < 3000; i++) {
		struct db *db;
		int64_t n;
		const struct value event[] = {INT(1)};
		assert_int_equal(db_acquire(s, &db, &err), OK);
		assert_int_equal(run_int(db, ST_NOTE_COUNT, event, &n, &err), OK);
		assert_int_equal(tx_run(s, TX_NORMAL, 1, retitle, text, &err), OK);
		text[0] = (char)('a' + i % 26);
		db_release(db);
	}
	assert_in_range((uintmax_t)size_of("-wal"), 1, 32 * 1024 * 1024);
	store_free(s);
	assert_int_equal(size_of("-wal"), -1);
	arena_free(a);
}

/* ---- failures ---- */

static void after_a_disk_error_in_a_commit_nothing_more_is_written(void **state)
{
	(void)state;
	struct store *s;
	assert_int_equal(open_store(true, &s), OK);
	assert_int_equal(insert(s, 1), OK);
	atomic_store(&is_sync_broken, true);
	assert_int_equal(insert(s, 2), INTERNAL);
	atomic_store(&is_sync_broken, false);
	assert_int_equal(insert(s, 3), INTERNAL);
	assert_non_null(strstr(err.message, "restarted"));
	assert_true(count(s) >= 1); /* reading goes on */
	err_clear(&err);
	assert_int_equal(store_check(s, &err), INTERNAL);
	store_free(s);

	assert_int_equal(open_store(false, &s), OK);
	assert_int_equal(insert(s, 4), OK);
	/* Note 2 may be there: its commit failed after it was written. */
	assert_in_range((uintmax_t)count(s), 2, 3);
	store_free(s);
}

static void a_foreign_writer_makes_ours_busy_not_wrong(void **state)
{
	(void)state;
	struct store *s;
	sqlite3 *tool;
	assert_int_equal(open_store(true, &s), OK);
	assert_int_equal(sqlite3_open(database, &tool), SQLITE_OK);
	assert_int_equal(sqlite3_exec(tool, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	int64_t start_ms = clock_elapsed_ms();
	assert_int_equal(insert(s, 1), BUSY);
	assert_in_range((uintmax_t)(clock_elapsed_ms() - start_ms), RETRY_FOR_MS, 6000);
	assert_int_equal(count(s), 0);
	assert_int_equal(sqlite3_exec(tool, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(insert(s, 1), OK);
	sqlite3_close(tool);
	store_free(s);
}

static void readers_go_on_while_a_write_is_open(void **state)
{
	(void)state;
	struct store *s;
	sqlite3 *tool;
	assert_int_equal(open_store(true, &s), OK);
	assert_int_equal(insert(s, 1), OK);
	assert_int_equal(sqlite3_open(database, &tool), SQLITE_OK);
	assert_int_equal(sqlite3_exec(tool, "BEGIN IMMEDIATE; DELETE FROM note", NULL, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(count(s), 1);
	sqlite3_close(tool);
	store_free(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_made_only_when_allowed_and_for_its_owner_alone),
		TEST(one_file_has_one_process),
		TEST(other_files_are_refused_and_left_alone),
		TEST(the_log_is_folded_in_and_stays_small),
		TEST(after_a_disk_error_in_a_commit_nothing_more_is_written),
		TEST(a_foreign_writer_makes_ours_busy_not_wrong),
		TEST(readers_go_on_while_a_write_is_open),
	};
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	use_shim();
	return run_on(ENGINE_SQLITE, "file", tests, sizeof tests / sizeof *tests);
}

/* Backups of a store that is being written, and what a restore accepts and refuses. */
#include "store_fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "store/backup.h"

static struct store *store;
static struct blobs *blobs;
static struct arena *arena;
static struct err err;
static const char *data, *target;
static int n_tests_run;

static const char *below(const char *directory, const char *name)
{
	return arena_printf(arena, "%s/%s", directory, name);
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	err = err_in(arena);
	data = fixture_path(arena_printf(arena, "data%d", n_tests_run));
	target = fixture_path(arena_printf(arena, "backup%d", n_tests_run));
	n_tests_run++;
	assert_int_equal(mkdir(data, 0700), 0);
	store = fixture_store(below(data, "symposiarch.db"));
	blobs = blobs_new(below(data, "blobs"));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	blobs_free(blobs);
	store_free(store);
	arena_free(arena);
	return 0;
}

/* ---- notes with files ---- */

struct note {
	int64_t id;
	const char *sha256;
};

static enum rc insert_note(struct tx *tx, void *arg, struct err *e)
{
	const struct note *n = arg;
	const struct value params[] = {INT(1), INT(n->id), TEXT(n->sha256)};
	return run(tx_db(tx), ST_NOTE_INSERT_WITH_FILE, params, e);
}

static const char *save_file(const char *text)
{
	struct blob_writer *w;
	const char *sha256;
	int64_t size;
	assert_int_equal(blob_begin(blobs, 1000, &w, &err), OK);
	assert_int_equal(blob_add(w, str_from(text), &err), OK);
	assert_int_equal(blob_commit(w, arena, &sha256, &size, &err), OK);
	return sha256;
}

static void add_note(int64_t id, const char *sha256)
{
	struct note n = {id, sha256};
	assert_int_equal(tx_run(store, TX_NORMAL, 1, insert_note, &n, &err), OK);
}

static int64_t notes_in(const char *database)
{
	struct db *db;
	int64_t n = -1;
	const struct value params[] = {INT(1)};
	struct store *s = fixture_store(database);
	assert_int_equal(db_acquire(s, &db, &err), OK);
	assert_int_equal(run_int(db, ST_NOTE_COUNT, params, &n, &err), OK);
	db_release(db);
	store_free(s);
	return n;
}

static enum rc back_up(void)
{
	err_clear(&err);
	return backup_write(store, blobs, target, &err);
}

static const char *restored(void)
{
	return arena_printf(arena, "%s-restored", data);
}

static enum rc restore(void)
{
	err_clear(&err);
	return backup_restore(target, restored(), &err);
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* ---- the good way ---- */

static void a_backup_restores_to_the_same_rows_and_files(void **state)
{
	(void)state;
	const char *poster = save_file("poster");
	const char *unnamed = save_file("named by no row");
	add_note(1, poster);
	add_note(2, poster);
	add_note(3, NULL);
	assert_int_equal(back_up(), OK);
	struct stat st;
	assert_int_equal(stat(below(target, "symposiarch.db"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(exists(arena_printf(arena, "%s.partial", target)));

	assert_int_equal(restore(), OK);
	assert_int_equal(notes_in(below(restored(), "symposiarch.db")), 3);
	struct blobs *copies = blobs_new(below(restored(), "blobs"));
	struct str bytes;
	assert_int_equal(blob_read(copies, arena, poster, 100, &bytes, &err), OK);
	assert_true(str_is(bytes, "poster"));
	assert_null(blob_path(copies, arena, unnamed));
	blobs_free(copies);
}

static _Atomic bool is_over;
static _Atomic int64_t n_written;

static void *write_on(void *context)
{
	(void)context;
	struct arena *a = arena_new();
	struct err e = err_in(a);
	for (int64_t id = 1; !atomic_load(&is_over); id++) {
		struct note n = {id, NULL};
		if (tx_run(store, TX_NORMAL, 1, insert_note, &n, &e) != OK)
			break;
		atomic_store(&n_written, id);
	}
	arena_free(a);
	return NULL;
}

static void a_backup_under_writes_is_the_state_of_one_moment(void **state)
{
	(void)state;
	pthread_t writer;
	atomic_store(&is_over, false);
	atomic_store(&n_written, 0);
	assert_int_equal(pthread_create(&writer, NULL, write_on, NULL), 0);
	while (atomic_load(&n_written) < 100)
		;
	enum rc rc = back_up();
	int64_t n_after = atomic_load(&n_written);
	atomic_store(&is_over, true);
	pthread_join(writer, NULL);
	assert_int_equal(rc, OK);
	assert_int_equal(restore(), OK);
	int64_t n = notes_in(below(restored(), "symposiarch.db"));
	assert_in_range((uintmax_t)n, 100, (uintmax_t)n_after + 1);
}

/* ---- refusals of a backup ---- */

static void an_existing_target_is_kept(void **state)
{
	(void)state;
	assert_int_equal(back_up(), OK);
	add_note(1, NULL);
	assert_int_equal(back_up(), CONFLICT);
	assert_int_equal(restore(), OK);
	assert_int_equal(notes_in(below(restored(), "symposiarch.db")), 0);
}

static void what_a_killed_backup_left_does_not_hinder_the_next(void **state)
{
	(void)state;
	const char *partial = arena_printf(arena, "%s.partial", target);
	assert_int_equal(mkdir(partial, 0700), 0);
	assert_int_equal(mkdir(below(partial, "blobs"), 0700), 0);
	close(open(below(partial, "symposiarch.db"), O_CREAT | O_WRONLY, 0600));
	assert_int_equal(back_up(), OK);
	assert_int_equal(restore(), OK);
}

static void two_backups_to_one_place_do_not_mix(void **state)
{
	(void)state;
	const char *partial = arena_printf(arena, "%s.partial", target);
	assert_int_equal(mkdir(partial, 0700), 0);
	int fd = open(partial, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(back_up(), BUSY);
	assert_true(exists(partial));
	close(fd);
	assert_int_equal(back_up(), OK);
}

static void a_missing_or_damaged_file_fails_the_backup_and_leaves_nothing(void **state)
{
	(void)state;
	const char *sha256 = save_file("poster");
	const char *path = blob_path(blobs, arena, sha256);
	add_note(1, sha256);
	int fd = open(path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "!", 1), 1);
	close(fd);
	assert_int_equal(back_up(), INTERNAL);
	assert_non_null(strstr(err.message, sha256));
	assert_false(exists(target));
	assert_false(exists(arena_printf(arena, "%s.partial", target)));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(back_up(), INTERNAL);
	save_file("poster");
	assert_int_equal(back_up(), OK);
}

static void a_target_that_cannot_be_written_is_reported(void **state)
{
	(void)state;
	err_clear(&err);
	assert_int_equal(backup_write(store, blobs, "/proc/backup", &err), INTERNAL);
	assert_non_null(strstr(err.message, "/proc/backup"));
}

static void a_killed_backup_leaves_nothing_under_the_final_name(void **state)
{
	(void)state;
	for (int64_t id = 1; id <= 200; id++)
		add_note(id, save_file(arena_printf(arena, "file %d", (int)id)));
	store_free(store);
	for (int round = 0; round < 5; round++) {
		const char *name = arena_printf(arena, "%s-%d", target, round);
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			store = fixture_store(below(data, "symposiarch.db"));
			_exit(backup_write(store, blobs, name, &err) == OK ? 0 : 1);
		}
		/* Killed somewhere between its first file and its last. */
		const char *sign = round % 2 ? "blobs" : "symposiarch.db";
		const char *partial = arena_printf(arena, "%s.partial/%s", name, sign);
		while (!exists(partial) && !exists(name))
			;
		kill(child, SIGKILL);
		int status;
		waitpid(child, &status, 0);
		err_clear(&err);
		const char *to = arena_printf(arena, "%s-%d", restored(), round);
		assert_true(!exists(name) || backup_restore(name, to, &err) == OK);
	}
	store = fixture_store(below(data, "symposiarch.db"));
}

/* ---- refusals of a restore ---- */

static void damage(const char *path, off_t at)
{
	int fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, "DAMAGE DAMAGE DAMAGE", 20, at), 20);
	close(fd);
}

static void a_directory_in_use_is_not_overwritten(void **state)
{
	(void)state;
	assert_int_equal(back_up(), OK);
	err_clear(&err);
	assert_int_equal(backup_restore(target, data, &err), CONFLICT);
	assert_int_equal(restore(), OK);
	assert_int_equal(restore(), CONFLICT);
}

static void a_damaged_or_incomplete_backup_is_refused(void **state)
{
	(void)state;
	const char *sha256 = save_file("poster");
	add_note(1, sha256);
	for (int64_t id = 2; id <= 200; id++)
		add_note(id, NULL);
	const char *good = target;
	for (int i = 0; i < 6; i++) {
		target = arena_printf(arena, "%s-%d", good, i);
		assert_int_equal(back_up(), OK);
		const char *database = below(target, "symposiarch.db");
		const char *file = arena_printf(
			arena, "%s/blobs/%.2s/%.2s/%s", target, sha256, sha256 + 2, sha256);
		if (i == 0)
			damage(database, 0);
		else if (i == 1)
			assert_int_equal(truncate(database, 8192), 0);
		else if (i == 2)
			assert_int_equal(unlink(below(target, "MANIFEST")), 0);
		else if (i == 3)
			damage(below(target, "MANIFEST"), 30);
		else if (i == 4)
			damage(file, 0);
		else
			assert_int_equal(unlink(database), 0);
		assert_int_equal(restore(), INVALID);
		assert_non_null(err.message);
		assert_false(exists(below(restored(), "symposiarch.db")));
	}
	target = arena_printf(arena, "%s-nowhere", good);
	assert_int_equal(restore(), INVALID);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_backup_restores_to_the_same_rows_and_files),
		TEST(a_backup_under_writes_is_the_state_of_one_moment),
		TEST(an_existing_target_is_kept),
		TEST(what_a_killed_backup_left_does_not_hinder_the_next),
		TEST(two_backups_to_one_place_do_not_mix),
		TEST(a_missing_or_damaged_file_fails_the_backup_and_leaves_nothing),
		TEST(a_target_that_cannot_be_written_is_reported),
		TEST(a_killed_backup_leaves_nothing_under_the_final_name),
		TEST(a_directory_in_use_is_not_overwritten),
		TEST(a_damaged_or_incomplete_backup_is_refused),
	};
	return run_on(ENGINE_SQLITE, "backup", tests, sizeof tests / sizeof *tests);
}

/* Uploaded files: what is stored, and what a cut, oversized or failing upload leaves: nothing. */
#include "store_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/fault.h"
#include "store/blob.h"

static int n_directories;
static const char *directory;
static struct blobs *blobs;
static struct arena *arena;
static struct err err;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	err = err_in(arena);
	directory = fixture_path(arena_printf(arena, "blobs%d", n_directories++));
	blobs = blobs_new(directory);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	disarm_faults();
	blobs_free(blobs);
	arena_free(arena);
	return 0;
}

static int n_files;

static int count_file(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)path, (void)st, (void)where;
	n_files += kind == FTW_F;
	return 0;
}

static int files_below(const char *path)
{
	n_files = 0;
	nftw(path, count_file, 16, FTW_PHYS);
	return n_files;
}

static struct blob_writer *begin(int64_t max_bytes)
{
	struct blob_writer *w = NULL;
	assert_int_equal(blob_begin(blobs, max_bytes, &w, &err), OK);
	return w;
}

/* SHA-256 of "abc", FIPS 180-2. */
static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static const char *store_abc(void)
{
	const char *sha256;
	int64_t size;
	struct blob_writer *w = begin(3);
	assert_int_equal(blob_add(w, STR("a"), &err), OK);
	assert_int_equal(blob_add(w, STR(""), &err), OK);
	assert_int_equal(blob_add(w, STR("bc"), &err), OK);
	assert_int_equal(blob_commit(w, arena, &sha256, &size, &err), OK);
	assert_int_equal(size, 3);
	return sha256;
}

static void a_file_is_found_under_its_hash(void **state)
{
	(void)state;
	struct str bytes;
	struct stat st;
	assert_string_equal(store_abc(), abc);
	const char *path = blob_path(blobs, arena, abc);
	assert_string_equal(path, arena_printf(arena, "%s/ba/78/%s", directory, abc));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(directory, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(blob_read(blobs, arena, abc, 3, &bytes, &err), OK);
	assert_true(str_is(bytes, "abc"));
	assert_int_equal(blob_read(blobs, arena, abc, 2, &bytes, &err), INVALID);
}

static void the_same_bytes_are_stored_once(void **state)
{
	(void)state;
	store_abc();
	store_abc();
	assert_int_equal(files_below(directory), 1);
}

static void an_empty_file_is_a_file(void **state)
{
	(void)state;
	const char *sha256;
	int64_t size = -1;
	struct str bytes;
	struct blob_writer *w = begin(10);
	assert_int_equal(blob_commit(w, arena, &sha256, &size, &err), OK);
	assert_int_equal(size, 0);
	assert_int_equal(blob_read(blobs, arena, sha256, 0, &bytes, &err), OK);
	assert_int_equal(bytes.n, 0);
}

static void a_file_over_the_limit_leaves_nothing(void **state)
{
	(void)state;
	const char *sha256;
	int64_t size;
	struct blob_writer *w = begin(5);
	assert_int_equal(blob_add(w, STR("1234"), &err), OK);
	assert_int_equal(blob_add(w, STR("56"), &err), INVALID);
	assert_non_null(err.message);
	assert_null(err.fields);
	err_clear(&err);
	/* It stays too large, also for a piece that would fit. */
	assert_int_equal(blob_add(w, STR("5"), &err), INVALID);
	assert_int_equal(blob_commit(w, arena, &sha256, &size, &err), INVALID);
	assert_int_equal(files_below(directory), 0);

	w = begin(5);
	assert_int_equal(blob_add(w, STR("12345"), &err), OK);
	assert_int_equal(blob_commit(w, arena, &sha256, &size, &err), OK);
}

static void a_cut_upload_leaves_nothing(void **state)
{
	(void)state;
	struct blob_writer *w = begin(100);
	assert_int_equal(blob_add(w, STR("half of"), &err), OK);
	assert_int_equal(files_below(directory), 1);
	blob_abort(w);
	assert_int_equal(files_below(directory), 0);
	blob_abort(NULL);
}

static void a_failed_sync_leaves_nothing(void **state)
{
	(void)state;
	const char *sha256;
	int64_t size;
	struct blob_writer *w = begin(100);
	assert_int_equal(blob_add(w, STR("abc"), &err), OK);
	arm_fault(FAULT_BLOB_FSYNC, 1);
	assert_int_equal(blob_commit(w, arena, &sha256, &size, &err), INTERNAL);
	assert_null(blob_path(blobs, arena, abc));
	assert_int_equal(files_below(directory), 0);
	err_clear(&err);
	assert_string_equal(store_abc(), abc);
}

static void a_failed_sync_does_not_take_what_was_stored_before(void **state)
{
	(void)state;
	const char *sha256;
	int64_t size;
	store_abc();
	struct blob_writer *w = begin(100);
	assert_int_equal(blob_add(w, STR("abc"), &err), OK);
	arm_fault(FAULT_BLOB_FSYNC, 1);
	assert_int_equal(blob_commit(w, arena, &sha256, &size, &err), INTERNAL);
	assert_non_null(blob_path(blobs, arena, abc));
}

static void a_directory_that_cannot_be_made_is_internal(void **state)
{
	(void)state;
	struct blobs *nowhere = blobs_new("/proc/symposiarch-blobs");
	struct blob_writer *w = NULL;
	assert_int_equal(blob_begin(nowhere, 10, &w, &err), INTERNAL);
	assert_null(w);
	blobs_free(nowhere);
}

static void only_hashes_are_paths(void **state)
{
	(void)state;
	struct str bytes;
	static const char *const wrong[] = {NULL, "", "ba", "../../../../../../etc/passwd",
		"BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a/",
		"aa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"};
	store_abc();
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		err_clear(&err);
		assert_null(blob_path(blobs, arena, wrong[i]));
		assert_int_equal(blob_read(blobs, arena, wrong[i], 10, &bytes, &err), NOT_FOUND);
	}
}

static void abandoned_uploads_are_removed_at_the_start(void **state)
{
	(void)state;
	const struct timespec long_ago[2] = {{.tv_sec = 1000000}, {.tv_sec = 1000000}};
	const char *old = arena_printf(arena, "%s/incoming/old", directory);
	const char *young = arena_printf(arena, "%s/incoming/young", directory);
	close(open(old, O_CREAT | O_WRONLY, 0600));
	close(open(young, O_CREAT | O_WRONLY, 0600));
	assert_int_equal(utimensat(AT_FDCWD, old, long_ago, 0), 0);
	blobs_free(blobs);
	blobs = blobs_new(directory);
	assert_int_not_equal(access(old, F_OK), 0);
	assert_int_equal(access(young, F_OK), 0);
}

static void the_first_bytes_tell_the_type(void **state)
{
	(void)state;
	assert_string_equal(blob_sniff(STR("%PDF-1.7\n")), "application/pdf");
	assert_string_equal(blob_sniff(STR("\x89PNG\r\n\x1a\n\0\0")), "image/png");
	assert_string_equal(blob_sniff(STR("\xff\xd8\xff\xe0")), "image/jpeg");
	assert_null(blob_sniff(STR("<svg xmlns")));
	assert_null(blob_sniff(STR("GIF89a")));
	assert_null(blob_sniff(STR(" %PDF-1.7")));
	assert_null(blob_sniff(STR("\x89PNG\n")));
	assert_null(blob_sniff(STR("\xff\xd8")));
	assert_null(blob_sniff(STR("")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_found_under_its_hash),
		TEST(the_same_bytes_are_stored_once),
		TEST(an_empty_file_is_a_file),
		TEST(a_file_over_the_limit_leaves_nothing),
		TEST(a_cut_upload_leaves_nothing),
		TEST(a_failed_sync_leaves_nothing),
		TEST(a_failed_sync_does_not_take_what_was_stored_before),
		TEST(a_directory_that_cannot_be_made_is_internal),
		TEST(only_hashes_are_paths),
		TEST(abandoned_uploads_are_removed_at_the_start),
		TEST(the_first_bytes_tell_the_type),
	};
	return run_on(ENGINE_SQLITE, "blobs", tests, sizeof tests / sizeof *tests);
}

/* The files of web/, embedded and from disk. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include "base/clock.h"
#include "view/assets.h"

struct world {
	struct arena *arena;
	char directory[64];
};

static void write_text(struct world *w, const char *path, const char *text)
{
	const char *full = arena_printf(w->arena, "%s/%s", w->directory, path);
	int fd = open(full, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void make_directory(struct world *w, const char *path)
{
	assert_int_equal(mkdir(arena_printf(w->arena, "%s/%s", w->directory, path), 0777), 0);
}

static int setup(void **state)
{
	struct world *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	memcpy(w->directory, "/tmp/test_assets.XXXXXX", sizeof "/tmp/test_assets.XXXXXX");
	assert_non_null(mkdtemp(w->directory));
	make_directory(w, "templates");
	make_directory(w, "templates/a");
	make_directory(w, "static");
	write_text(w, "static/a.css", "p{}");
	write_text(w, "templates/a/b.mustache", "B");
	write_text(w, "templates/a.mustache", "A");
	write_text(w, "templates/.hidden", "no");
	write_text(w, "templates/kept~", "no");
	write_text(w, "secret", "no");
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	static const char *const paths[] = {"static/a.css", "templates/a/b.mustache",
		"templates/a.mustache", "templates/.hidden", "templates/kept~", "secret",
		"templates/a", "templates", "static", "locale/en.po", "locale"};
	struct world *w = *state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		remove(arena_printf(w->arena, "%s/%s", w->directory, paths[i]));
	assert_int_equal(rmdir(w->directory), 0);
	arena_free(w->arena);
	heap_free(w);
	return 0;
}

static void collect(void *context, const struct asset *asset)
{
	struct buf *b = context;
	buf_printf(b, "%s=%.*s ", asset->path, (int)asset->bytes.n, asset->bytes.p);
}

static void disk_files_are_read_at_every_use(void **state)
{
	struct world *w = *state;
	struct assets *s = assets_new(w->directory);
	struct asset asset;
	assert_true(asset_find(s, w->arena, "static/a.css", &asset));
	assert_true(str_is(asset.bytes, "p{}"));
	assert_string_equal(asset.mime_type, "text/css; charset=utf-8");
	assert_string_equal(asset.hashed_path, "static/a.css");
	assert_int_equal(asset.gzip.n, 0);
	write_text(w, "static/a.css", "b{}");
	assert_true(asset_find(s, w->arena, "static/a.css", &asset));
	assert_true(str_is(asset.bytes, "b{}"));
	assert_string_equal(asset_url(s, w->arena, "a.css"), "/static/a.css");
	assets_free(s);
}

static void disk_files_are_walked_in_order(void **state)
{
	struct world *w = *state;
	struct assets *s = assets_new(w->directory);
	struct buf b = buf_in(w->arena, 1000);
	assets_each(s, "templates/", collect, &b);
	assert_string_equal(buf_cstr(&b), "templates/a.mustache=A templates/a/b.mustache=B ");
	buf_reset(&b);
	assets_each(s, "static/a", collect, &b);
	assert_string_equal(buf_cstr(&b), "static/a.css=p{} ");
	assets_free(s);
}

static void nothing_outside_is_opened(void **state)
{
	struct world *w = *state;
	struct assets *s = assets_new(w->directory);
	struct asset asset;
	static const char *const paths[] = {"secret", "static/../secret", "/etc/passwd",
		"static//etc/passwd", "static/", "static", "", "templates/.hidden",
		"templates/kept~", "templates/a", "static/a.css/", "staticx/a.css", "static\\a.css",
		"static/..\\secret"};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		assert_false(asset_find(s, w->arena, paths[i], &asset));
	char *long_path = arena_alloc(w->arena, 5000);
	memcpy(long_path, "static/", 7);
	memset(long_path + 7, 'a', 4000);
	assert_false(asset_find(s, w->arena, long_path, &asset));
	assets_free(s);
}

static void a_change_and_a_removal_move_the_time(void **state)
{
	struct world *w = *state;
	struct assets *s = assets_new(w->directory);
	int64_t at;
	const char *file = arena_printf(w->arena, "%s/templates/a.mustache", w->directory);
	struct timespec past[2] = {{1000, 0}, {1000, 0}};
	static const char *const old[] = {
		"templates/a/b.mustache", "templates/a.mustache", "templates/a", "templates"};
	for (size_t i = 0; i < sizeof old / sizeof *old; i++)
		assert_int_equal(
			utimensat(AT_FDCWD, arena_printf(w->arena, "%s/%s", w->directory, old[i]),
				past, 0),
			0);
	assert_true(assets_is_dev(s, &at));
	assert_int_equal(at, 1000 * SECOND_MS);
	struct timespec later[2] = {{2000, 5000000}, {2000, 5000000}};
	assert_int_equal(utimensat(AT_FDCWD, file, later, 0), 0);
	assert_true(assets_is_dev(s, &at));
	assert_int_equal(at, 2000 * SECOND_MS + 5);
	assert_int_equal(unlink(file), 0);
	assert_true(assets_is_dev(s, &at));
	assert_true(at > 2000 * SECOND_MS + 5);
	assets_free(s);
}

/* ---- embedded: whatever web/ holds ---- */

static void check_twin(const struct asset *asset)
{
	z_stream z = {
		.next_in = (Bytef *)(uintptr_t)asset->gzip.p, .avail_in = (uInt)asset->gzip.n};
	unsigned char *plain = heap_alloc(asset->bytes.n + 1);
	assert_true(asset->gzip.n < asset->bytes.n);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_out = plain;
	z.avail_out = (uInt)asset->bytes.n + 1;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, asset->bytes.n);
	assert_memory_equal(plain, asset->bytes.p, asset->bytes.n);
	inflateEnd(&z);
	heap_free(plain);
}

struct seen {
	struct assets *assets;
	struct arena *arena;
	const char *last;
	int n;
};

static void check_embedded(void *context, const struct asset *asset)
{
	struct seen *seen = context;
	struct asset found;
	assert_true(!seen->last || strcmp(seen->last, asset->path) < 0);
	seen->last = asset->path;
	seen->n++;
	assert_true(asset_find(seen->assets, seen->arena, asset->path, &found));
	assert_ptr_equal(found.bytes.p, asset->bytes.p);
	bool is_static = strncmp(asset->path, "static/", 7) == 0;
	assert_int_equal(asset->hashed_path != NULL, is_static);
	if (asset->gzip.n)
		check_twin(asset);
	if (!is_static)
		return;
	assert_true(asset_find(seen->assets, seen->arena, asset->hashed_path, &found));
	assert_string_equal(found.path, asset->path);
	assert_string_equal(
		asset_url(seen->assets, seen->arena, asset->path + 7) + 1, asset->hashed_path);
	char *other = arena_strdup(seen->arena, asset->hashed_path);
	char *digit = strstr(other, "."); /* the hash begins after the first dot of our names */
	digit[1] = digit[1] == '0' ? '1' : '0';
	assert_false(asset_find(seen->assets, seen->arena, other, &found));
}

static void embedded_files_are_found_by_both_names(void **state)
{
	struct world *w = *state;
	int64_t at;
	struct seen seen = {.assets = assets_new(NULL), .arena = w->arena};
	struct asset asset;
	assert_false(assets_is_dev(seen.assets, &at));
	assert_false(assets_is_dev(seen.assets, NULL));
	assets_each(seen.assets, "", check_embedded, &seen);
	assert_true(seen.n > 0);
	assert_true(asset_find(seen.assets, w->arena, "locale/en.po", &asset));
	assert_false(asset_find(seen.assets, w->arena, "static/none.css", &asset));
	assert_false(asset_find(seen.assets, w->arena, "static/.00000000", &asset));
	assert_false(asset_find(seen.assets, w->arena, "", &asset));
	assets_free(seen.assets);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(disk_files_are_read_at_every_use),
		CASE(disk_files_are_walked_in_order),
		CASE(nothing_outside_is_opened),
		CASE(a_change_and_a_removal_move_the_time),
		CASE(embedded_files_are_found_by_both_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

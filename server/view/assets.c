/*
 * Two sources behind one door: the table that server/tools/mkassets.c put into the program, and,
 * with --dev, the files themselves, read at every use so that an edit shows at the next reload.
 */
#include "view/assets.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"

enum { MAX_FILE_BYTES = 32 << 20, MAX_PATH_BYTES = 256, HASH_DIGITS = 8 };

/* One row of build/gen/assets.S, in its order. */
struct embedded {
	const char *path, *hashed_path;
	const char *bytes;
	uint64_t n_bytes;
	const char *gzip;
	uint64_t n_gzip;
};

_Static_assert(sizeof(struct embedded) == 48, "assets.S writes pointers of 8 bytes");

extern const struct embedded assets_embedded[], assets_embedded_end[];

struct assets {
	char *directory; /* NULL: embedded */
};

static const char *const parts[] = {"locale", "static", "templates"};

enum { N_PARTS = sizeof parts / sizeof *parts };

struct assets *assets_new(const char *dev_directory)
{
	struct assets *s = heap_alloc(sizeof *s);
	if (dev_directory)
		s->directory = heap_strdup(dev_directory);
	return s;
}

void assets_free(struct assets *s)
{
	if (!s)
		return;
	heap_free(s->directory);
	heap_free(s);
}

static const char *mime_of(const char *path)
{
	static const struct {
		const char *suffix, *type;
	} types[] = {
		{".css", "text/css; charset=utf-8"},
		{".html", "text/html; charset=utf-8"},
		{".ico", "image/vnd.microsoft.icon"},
		{".jpg", "image/jpeg"},
		{".js", "text/javascript; charset=utf-8"},
		{".json", "application/json"},
		{".mjs", "text/javascript; charset=utf-8"},
		{".pdf", "application/pdf"},
		{".png", "image/png"},
		{".svg", "image/svg+xml"},
		{".txt", "text/plain; charset=utf-8"},
		{".wasm", "application/wasm"},
		{".webmanifest", "application/manifest+json"},
		{".webp", "image/webp"},
		{".woff2", "font/woff2"},
	};
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
		if (strcmp(types[i].suffix, dot) == 0)
			return types[i].type;
	return "application/octet-stream";
}

/* ---- embedded ---- */

static struct asset embedded_asset(const struct embedded *e)
{
	return (struct asset){.path = e->path,
		.hashed_path = e->hashed_path,
		.mime_type = mime_of(e->path),
		.bytes = {e->bytes, e->n_bytes},
		.gzip = {e->gzip ? e->gzip : "", e->n_gzip}};
}

static int compare_path(const void *path, const void *row)
{
	return strcmp(path, ((const struct embedded *)row)->path);
}

static const struct embedded *embedded_find(const char *path)
{
	size_t n = (size_t)(assets_embedded_end - assets_embedded);
	return n ? bsearch(path, assets_embedded, n, sizeof *assets_embedded, compare_path) : NULL;
}

/* "static/a.0123abcd.css" -> "static/a.css"; false when there is no hash in it. */
static bool strip_hash(const char *path, char *out, size_t size)
{
	const char *dot = strrchr(path, '.');
	size_t n = strlen(path);
	size_t suffix = dot ? strlen(dot) : 0;
	if (n >= size)
		return false;
	/* A name without a suffix ends in its hash. */
	if (dot && suffix == HASH_DIGITS + 1 &&
		dot[1 + strspn(dot + 1, "0123456789abcdef")] == '\0')
		suffix = 0;
	if (n < suffix + HASH_DIGITS + 1 || path[n - suffix - HASH_DIGITS - 1] != '.')
		return false;
	size_t stem = n - suffix - HASH_DIGITS - 1;
	memcpy(out, path, stem);
	memcpy(out + stem, path + n - suffix, suffix + 1);
	return true;
}

static bool find_embedded(const char *path, struct asset *out)
{
	char plain[MAX_PATH_BYTES];
	const struct embedded *e = embedded_find(path);
	if (!e && strip_hash(path, plain, sizeof plain)) {
		e = embedded_find(plain);
		if (e && !text_equal(e->hashed_path, path))
			e = NULL;
	}
	if (!e)
		return false;
	*out = embedded_asset(e);
	return true;
}

/* ---- from disk ---- */

/* Only plain names below the three parts: a path from a request must not climb out. */
static bool is_safe(const char *path)
{
	bool is_ours = false;
	for (size_t i = 0; i < N_PARTS; i++) {
		size_t n = strlen(parts[i]);
		is_ours |= strncmp(path, parts[i], n) == 0 && path[n] == '/';
	}
	if (!is_ours || strlen(path) >= MAX_PATH_BYTES)
		return false;
	for (struct str rest = str_from(path); rest.p;) {
		struct str name = str_cut(&rest, '/');
		if (name.n == 0 || name.p[0] == '.' || name.p[name.n - 1] == '~' ||
			memchr(name.p, '\\', name.n))
			return false;
	}
	return true;
}

static bool read_all(int fd, char *p, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t got = read(fd, p + done, n - done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	return true;
}

static bool read_asset(const struct assets *s, struct arena *a, const char *path, struct asset *out)
{
	struct stat st;
	int fd = open(arena_printf(a, "%s/%s", s->directory, path), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= MAX_FILE_BYTES;
	char *bytes = ok ? arena_alloc(a, (size_t)st.st_size + 1) : NULL;
	ok = ok && read_all(fd, bytes, (size_t)st.st_size);
	close(fd);
	if (!ok)
		return false;
	const char *own = arena_strdup(a, path);
	*out = (struct asset){.path = own,
		.hashed_path = strncmp(own, "static/", 7) == 0 ? own : NULL,
		.mime_type = mime_of(own),
		.bytes = {bytes, (size_t)st.st_size},
		.gzip = {"", 0}};
	return true;
}

struct listing {
	struct arena *arena;
	const char **paths;
	size_t n, cap;
	int64_t changed_at; /* the newest of files and directories */
};

static void note_time(struct listing *l, const struct stat *st)
{
	int64_t at = (int64_t)st->st_mtim.tv_sec * SECOND_MS + st->st_mtim.tv_nsec / 1000000;
	if (at > l->changed_at)
		l->changed_at = at;
}

static void add_path(struct listing *l, const char *path)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		const char **more = arena_array(l->arena, cap, sizeof *more);
		if (l->n)
			memcpy(more, l->paths, l->n * sizeof *more);
		l->paths = more;
		l->cap = cap;
	}
	l->paths[l->n++] = path;
}

static void list_directory(const struct assets *s, struct listing *l, const char *below)
{
	struct stat st;
	DIR *d = opendir(arena_printf(l->arena, "%s/%s", s->directory, below));
	if (!d)
		return;
	if (fstat(dirfd(d), &st) == 0)
		note_time(l, &st);
	for (struct dirent *e; (e = readdir(d));) {
		const char *path = arena_printf(l->arena, "%s/%s", below, e->d_name);
		if (!is_safe(path) || fstatat(dirfd(d), e->d_name, &st, 0) != 0)
			continue;
		note_time(l, &st);
		if (S_ISDIR(st.st_mode))
			list_directory(s, l, path);
		else if (S_ISREG(st.st_mode))
			add_path(l, path);
	}
	closedir(d);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* ---- both ---- */

bool asset_find(const struct assets *s, struct arena *a, const char *path, struct asset *out)
{
	if (!s->directory)
		return find_embedded(path, out);
	return is_safe(path) && read_asset(s, a, path, out);
}

const char *asset_url(const struct assets *s, struct arena *a, const char *static_name)
{
	const char *path = arena_printf(a, "static/%s", static_name);
	const struct embedded *e = s->directory ? NULL : embedded_find(path);
	return arena_printf(a, "/%s", e ? e->hashed_path : path);
}

static void each_on_disk(const struct assets *s, const char *prefix,
	void (*visit)(void *context, const struct asset *asset), void *context)
{
	struct listing l = {.arena = arena_new()};
	for (size_t i = 0; i < N_PARTS; i++)
		list_directory(s, &l, parts[i]);
	if (l.n)
		qsort(l.paths, l.n, sizeof *l.paths, compare_texts);
	for (size_t i = 0; i < l.n; i++) {
		struct asset asset;
		if (strncmp(l.paths[i], prefix, strlen(prefix)) == 0 &&
			read_asset(s, l.arena, l.paths[i], &asset))
			visit(context, &asset);
	}
	arena_free(l.arena);
}

void assets_each(const struct assets *s, const char *prefix,
	void (*visit)(void *context, const struct asset *asset), void *context)
{
	if (s->directory) {
		each_on_disk(s, prefix, visit, context);
		return;
	}
	for (const struct embedded *e = assets_embedded; e < assets_embedded_end; e++) {
		struct asset asset = embedded_asset(e);
		if (strncmp(e->path, prefix, strlen(prefix)) == 0)
			visit(context, &asset);
	}
}

bool assets_is_dev(const struct assets *s, int64_t *changed_at)
{
	if (changed_at)
		*changed_at = 0;
	if (!s->directory || !changed_at)
		return s->directory != NULL;
	struct listing l = {.arena = arena_new()};
	list_directory(s, &l, "locale");
	list_directory(s, &l, "templates");
	arena_free(l.arena);
	*changed_at = l.changed_at;
	return true;
}

/*
 * Uploaded files by their hash. A file gets its name by rename when all of it is on the disk, so a
 * cut upload, a full disk or a crash leaves at most a temporary file, which the next start removes.
 */
#include "store/blob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/log.h"
#include "store/files.h"

enum { SHA256_DIGITS = 2 * HASH_BYTES };

/* Another server may share the directory: only what is surely abandoned is removed. */
#define ABANDONED_AFTER_MS DAY_MS

struct blobs {
	char *directory;
	char *incoming; /* temporary files, on the same file system */
};

struct blob_writer {
	struct blobs *blobs;
	struct hash_stream *hash;
	char *path;
	int fd;
	int64_t n_bytes, max_bytes;
	enum rc rc; /* of the first failure; then nothing is written any more */
};

/* ---- the directory ---- */

static void remove_abandoned(const char *directory)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;
	struct stat st;
	int64_t limit_ms = clock_now_ms() - ABANDONED_AFTER_MS;
	while (dir && (entry = readdir(dir)) != NULL)
		if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
			S_ISREG(st.st_mode) && st.st_mtim.tv_sec * SECOND_MS < limit_ms)
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
}

struct blobs *blobs_new(const char *directory)
{
	struct arena *a = arena_new();
	struct blobs *b = heap_alloc(sizeof *b);
	b->directory = heap_strdup(directory);
	b->incoming = heap_strdup(arena_printf(a, "%s/incoming", directory));
	/* A failure shows again, with a message for somebody, at the first upload. */
	if (!directory_make(b->directory) || !directory_make(b->incoming))
		log_event(LOG_ERROR, "blobs", "directory=%s detail=%s", log_value(a, directory),
			log_value(a, strerror(errno)));
	remove_abandoned(b->incoming);
	arena_free(a);
	return b;
}

void blobs_free(struct blobs *b)
{
	if (!b)
		return;
	heap_free(b->directory);
	heap_free(b->incoming);
	heap_free(b);
}

const char *blobs_directory(const struct blobs *b)
{
	return b->directory;
}

/* ---- writing ---- */

enum rc blob_begin(struct blobs *b, int64_t max_bytes, struct blob_writer **out, struct err *err)
{
	char *path = arena_printf(err->arena, "%s/XXXXXX", b->incoming);
	int fd = mkostemp(path, O_CLOEXEC);
	*out = NULL;
	if (fd < 0)
		return err_internal(err, "upload: %s: %s", path, strerror(errno));
	struct blob_writer *w = heap_alloc(sizeof *w);
	w->blobs = b;
	w->hash = hash_stream_new();
	w->path = heap_strdup(path);
	w->fd = fd;
	w->max_bytes = max_bytes;
	*out = w;
	return OK;
}

static enum rc too_large(const struct blob_writer *w, struct err *err)
{
	const int64_t mega = 1000 * 1000;
	if (w->max_bytes >= mega)
		err_set(err, INVALID, "The file is too large: choose one of at most %lld MB",
			(long long)(w->max_bytes / mega));
	else
		err_set(err, INVALID, "The file is too large: choose one of at most %lld bytes",
			(long long)w->max_bytes);
	return INVALID;
}

enum rc blob_add(struct blob_writer *w, struct str piece, struct err *err)
{
	if (w->rc == INTERNAL) {
		err_set(err, INTERNAL, "The file could not be saved. Please try again");
		return INTERNAL;
	}
	if (w->rc == INVALID || (int64_t)piece.n > w->max_bytes - w->n_bytes) {
		w->rc = INVALID;
		return too_large(w, err);
	}
	w->n_bytes += (int64_t)piece.n;
	hash_stream_add(w->hash, piece);
	if (file_write(w->fd, piece))
		return OK;
	w->rc = INTERNAL;
	err_internal(err, "upload: write: %s", strerror(errno));
	return INTERNAL;
}

/* Frees the writer and its temporary file, if that is still there. */
static void dispose(struct blob_writer *w)
{
	if (w->fd >= 0)
		close(w->fd);
	unlink(w->path);
	heap_free(w->path);
	heap_free(w);
}

static enum rc make_durable(
	struct blob_writer *w, struct arena *a, const char *sha256, struct err *err)
{
	const char *directory = w->blobs->directory;
	errno = EIO; /* for the fault point */
	bool is_synced = !FAULT(FAULT_BLOB_FSYNC) && fsync(w->fd) == 0;
	bool is_closed = close(w->fd) == 0;
	w->fd = -1;
	/* The same bytes may be there already; renaming over them changes nothing. */
	if (is_synced && is_closed && blob_place_make(a, directory, sha256) &&
		rename(w->path, blob_place(a, directory, sha256, BLOB_FILE)) == 0 &&
		blob_place_sync(a, directory, sha256))
		return OK;
	err_internal(err, "upload: sync: %s", strerror(errno));
	return INTERNAL;
}

enum rc blob_commit(struct blob_writer *w, struct arena *a, const char **sha256,
	int64_t *size_bytes, struct err *err)
{
	enum rc rc = w->rc == OK ? OK : blob_add(w, STR(""), err);
	*sha256 = hash_stream_end(a, w->hash);
	*size_bytes = w->n_bytes;
	if (rc == OK)
		rc = make_durable(w, a, *sha256, err);
	dispose(w);
	return rc;
}

void blob_abort(struct blob_writer *w)
{
	if (!w)
		return;
	struct arena *a = arena_new();
	hash_stream_end(a, w->hash);
	arena_free(a);
	dispose(w);
}

/* ---- reading ---- */

static bool is_sha256(const char *s)
{
	return s && strlen(s) == SHA256_DIGITS && strspn(s, "0123456789abcdef") == SHA256_DIGITS;
}

const char *blob_path(const struct blobs *b, struct arena *a, const char *sha256)
{
	if (!is_sha256(sha256))
		return NULL;
	const char *path = blob_place(a, b->directory, sha256, BLOB_FILE);
	return access(path, R_OK) == 0 ? path : NULL;
}

static bool read_fully(int fd, char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t got = read(fd, bytes, n);
		if (got == 0)
			errno = EIO; /* shorter than its size: not what was stored */
		if (got == 0 || (got < 0 && errno != EINTR))
			return false;
		if (got > 0) {
			bytes += got;
			n -= (size_t)got;
		}
	}
	return true;
}

enum rc blob_read(const struct blobs *b, struct arena *a, const char *sha256, int64_t max_bytes,
	struct str *out, struct err *err)
{
	const char *path = blob_path(b, a, sha256);
	struct stat st;
	if (!path)
		return err_set(err, NOT_FOUND, "This file is not here any more");
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		err_internal(err, "blob: %s", strerror(errno));
		if (fd >= 0)
			close(fd);
		return INTERNAL;
	}
	enum rc rc = OK;
	if (st.st_size > max_bytes) {
		rc = err_set(err, INVALID, "This file is too large to be shown");
	} else {
		char *bytes = arena_alloc(a, (size_t)st.st_size + 1);
		*out = (struct str){bytes, (size_t)st.st_size};
		if (!read_fully(fd, bytes, out->n))
			rc = err_internal(err, "blob: %s", strerror(errno));
	}
	close(fd);
	return rc;
}

void blob_remove(struct blobs *b, const char *sha256)
{
	struct arena *a = arena_new();
	const char *path = blob_path(b, a, sha256);
	if (path && unlink(path) != 0 && errno != ENOENT)
		log_event(LOG_WARN, "blobs", "remove=%s detail=%s", sha256,
			log_value(a, strerror(errno)));
	arena_free(a);
}

const char *blob_sniff(struct str first_bytes)
{
	if (str_starts_with(first_bytes, STR("%PDF-")))
		return "application/pdf";
	if (str_starts_with(first_bytes, STR("\x89PNG\r\n\x1a\n")))
		return "image/png";
	if (str_starts_with(first_bytes, STR("\xff\xd8\xff")))
		return "image/jpeg";
	return NULL;
}

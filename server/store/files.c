/*
 * Durable files. Buffers lie on the heap because the threads of requests have small stacks.
 */
#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/hash.h"

enum { COPY_BYTES = 256 * 1024, REMOVE_DEPTH = 16 };

bool directory_make(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* Closes without losing the reason of a failure before. */
static bool close_with(int fd, bool succeeded)
{
	int reason = errno;
	bool closed = close(fd) == 0;
	if (!succeeded)
		errno = reason;
	return succeeded && closed;
}

bool file_sync(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd >= 0 && close_with(fd, fsync(fd) == 0);
}

bool directory_sync(const char *path)
{
	return file_sync(path);
}

bool directory_is_empty(const char *path)
{
	DIR *dir = opendir(path);
	if (!dir)
		return false;
	int n = 0;
	while (n <= 2 && readdir(dir))
		n++;
	closedir(dir);
	return n <= 2; /* "." and ".." */
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	(void)remove(path);
	return 0;
}

void directory_remove(const char *path)
{
	nftw(path, remove_one, REMOVE_DEPTH, FTW_DEPTH | FTW_PHYS);
}

bool file_write(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			bytes.p += n;
			bytes.n -= (size_t)n;
		}
	}
	return true;
}

bool file_save(const char *path, struct str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return fd >= 0 && close_with(fd, file_write(fd, bytes) && fsync(fd) == 0);
}

/* Reads to the end; into another file when there is one. */
static bool pump(int from, int to, struct hash_stream *hash)
{
	char *bytes = heap_alloc(COPY_BYTES);
	ssize_t n;
	bool good = true;
	while (good && (n = read(from, bytes, COPY_BYTES)) != 0) {
		struct str piece = {bytes, n > 0 ? (size_t)n : 0};
		good = n > 0 || errno == EINTR;
		hash_stream_add(hash, piece);
		if (good && to >= 0)
			good = file_write(to, piece);
	}
	heap_free(bytes);
	return good;
}

bool file_hash(struct arena *a, const char *path, const char **sha256)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	struct hash_stream *hash = hash_stream_new();
	bool good = close_with(fd, pump(fd, -1, hash));
	*sha256 = hash_stream_end(a, hash);
	return good;
}

bool file_copy(struct arena *a, const char *from, const char *to, const char **sha256)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return false;
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0)
		return close_with(in, false);
	struct hash_stream *hash = hash_stream_new();
	bool good = close_with(out, pump(in, out, hash) && fsync(out) == 0);
	good = close_with(in, good);
	const char *digest = hash_stream_end(a, hash);
	if (sha256)
		*sha256 = digest;
	if (!good) {
		int reason = errno;
		unlink(to);
		errno = reason;
	}
	return good;
}

const char *blob_place(struct arena *a, const char *directory, const char *sha256, int level)
{
	if (level == 1)
		return arena_printf(a, "%s/%.2s", directory, sha256);
	if (level == 2)
		return arena_printf(a, "%s/%.2s/%.2s", directory, sha256, sha256 + 2);
	return arena_printf(a, "%s/%.2s/%.2s/%s", directory, sha256, sha256 + 2, sha256);
}

bool blob_place_make(struct arena *a, const char *directory, const char *sha256)
{
	return directory_make(blob_place(a, directory, sha256, 1)) &&
	       directory_make(blob_place(a, directory, sha256, 2));
}

/* All three each time: who made a directory may not have come to sync the one above it yet. */
bool blob_place_sync(struct arena *a, const char *directory, const char *sha256)
{
	return directory_sync(blob_place(a, directory, sha256, 2)) &&
	       directory_sync(blob_place(a, directory, sha256, 1)) && directory_sync(directory);
}

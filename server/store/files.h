/*
 * Files that must survive a power cut: what blobs and backups share. A file is durable when it was
 * synced and the directory that names it was synced after it; these functions leave nothing to the
 * caller but the order. Private to server/store/.
 *
 * On failure they return false with errno set.
 */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "base/str.h"
#include "store/blob.h"

/* Makes the directory (mode 0700) unless it is there; its parent must exist. */
bool directory_make(const char *path) NODISCARD;
bool directory_sync(const char *path) NODISCARD;
bool directory_is_empty(const char *path) NODISCARD; /* false also when there is none */
/* Removes the directory and what is in it, as far as it can. Symbolic links are not followed. */
void directory_remove(const char *path);

bool file_sync(const char *path) NODISCARD;
bool file_write(int fd, struct str bytes) NODISCARD;
/* A durable new file (mode 0600) with these bytes; its directory is not synced. */
bool file_save(const char *path, struct str bytes) NODISCARD;
/*
 * Copies into a durable new file (mode 0600); its directory is not synced. *sha256 (may be NULL)
 * is the hash of what was copied. No half copy is left behind.
 */
bool file_copy(struct arena *a, const char *from, const char *to, const char **sha256) NODISCARD;
bool file_hash(struct arena *a, const char *path, const char **sha256) NODISCARD;

/* "<directory>/<ab>/<cd>/<sha256>": where a blob lies; a level (1, 2) gives only its directory. */
const char *blob_place(struct arena *a, const char *directory, const char *sha256, int level);
enum { BLOB_FILE = 3 };
const char *blobs_directory(const struct blobs *b); /* in blob.c */
/* Makes the two directories of a blob; and syncs them and the one above once it is in them. */
bool blob_place_make(struct arena *a, const char *directory, const char *sha256) NODISCARD;
bool blob_place_sync(struct arena *a, const char *directory, const char *sha256) NODISCARD;

#endif

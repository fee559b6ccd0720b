/*
 * Files people upload, outside the database: named by their SHA-256, in two levels of directories
 * below <data>/blobs. Order of durability: write a temporary file, fsync, rename, fsync the
 * directory; only then may a row name it. A blob is never changed; the same bytes are stored once.
 * What can be made again lives in a directory of its own, where blobs are also removed.
 */
#ifndef STORE_BLOB_H
#define STORE_BLOB_H

#include "base/err.h"
#include "base/str.h"

struct blobs;                                   /* the directory */
struct blobs *blobs_new(const char *directory); /* created when missing, mode 0700 */
void blobs_free(struct blobs *b);

/* Writing while bytes arrive. */
struct blob_writer;
enum rc blob_begin(
	struct blobs *b, int64_t max_bytes, struct blob_writer **out, struct err *err) NODISCARD;
/* INVALID with field NULL once max_bytes is passed. */
enum rc blob_add(struct blob_writer *w, struct str piece, struct err *err) NODISCARD;
/* Makes it durable; the hash (hex) is in the arena. Frees w in every case. */
enum rc blob_commit(struct blob_writer *w, struct arena *a, const char **sha256,
	int64_t *size_bytes, struct err *err) NODISCARD;
void blob_abort(struct blob_writer *w);

/* The path of a stored blob, NULL unless sha256 is 64 hex digits and the file is there. */
const char *blob_path(const struct blobs *b, struct arena *a, const char *sha256);
/* The whole file, at most max_bytes. */
enum rc blob_read(const struct blobs *b, struct arena *a, const char *sha256, int64_t max_bytes,
	struct str *out, struct err *err) NODISCARD;

/* Removes one that no row names any more, if it is there. */
void blob_remove(struct blobs *b, const char *sha256);

/* What the first bytes say: "application/pdf", "image/png", "image/jpeg", NULL for anything else.
 */
const char *blob_sniff(struct str first_bytes);

#endif

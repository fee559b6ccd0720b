/* Digests, MACs and password hashes (libsodium). Hex is lower case. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"
#include "base/err.h"

enum { HASH_BYTES = 32 };

const char *hash_hex(struct arena *a, struct str bytes); /* SHA-256 as 64 hex digits */
void hash_bytes(unsigned char out[HASH_BYTES], struct str bytes);

struct hash_stream; /* SHA-256 over pieces, for uploads */
struct hash_stream *hash_stream_new(void);
void hash_stream_add(struct hash_stream *h, struct str piece);
const char *hash_stream_end(struct arena *a, struct hash_stream *h); /* hex; frees h */

/* HMAC-SHA-256 of `message` under `key`, hex. Purposes are kept apart by a prefix of the caller. */
const char *hash_mac(struct arena *a, struct str key, struct str message);

const char *base64_encode(struct arena *a, struct str bytes);    /* RFC 4648, padded */
const char *base64url_encode(struct arena *a, struct str bytes); /* unpadded */

/*
 * Adds the bytes that a padded text stands for. False, with some of them added, for anything that
 * base64_encode() does not write (white space, missing padding, bits left over), or when the buffer
 * is full.
 */
bool base64_decode(struct str text, struct buf *out) NODISCARD;

/*
 * Argon2id at 19 MiB, 2 passes (OWASP), about 22 ms of CPU. Both run in a bounded pool of two
 * threads and block the caller, because worker stacks are 100 kB and a flood must not eat the
 * machine: with more than 32 waiting they return TOO_MANY.
 */
enum rc password_hash(
	struct arena *a, const char *password, const char **hash, struct err *err) NODISCARD;
/* OK when it matches, FORBIDDEN when not; hash NULL takes as long and answers FORBIDDEN. */
enum rc password_verify(const char *hash, const char *password, struct err *err) NODISCARD;

#endif

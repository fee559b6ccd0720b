/*
 * Whole answers of ROUTE_CACHED pages for strangers. A key names everything the answer may depend
 * on beside the database; the revision stands for the database. An entry of another revision is
 * never given out. Bounded by bytes, the least recently used go first. Thread-safe.
 */
#ifndef HTTP_CACHE_H
#define HTTP_CACHE_H

#include "base/str.h"

enum { CACHE_MAX_BYTES = 16 << 20, CACHE_MAX_ENTRY_BYTES = 1 << 20 };

struct cached {
	const char *mime_type;
	const char *file_name; /* NULL without one */
	bool is_attachment;
	struct str body;
	struct str gzipped; /* n == 0: not worthwhile */
	const char *etag;
};

struct cache;

struct cache *cache_new(size_t max_bytes);
void cache_free(struct cache *c);

/* A copy in the arena. */
bool cache_find(
	struct cache *c, struct arena *a, struct str key, uint64_t revision, struct cached *out);

/* Keeps a copy; an older one of that key goes. Too large a one is not kept. */
void cache_keep(struct cache *c, struct str key, uint64_t revision, const struct cached *answer);

size_t cache_used_bytes(struct cache *c);

#endif

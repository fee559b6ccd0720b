/* gzip for answers. Deflate states are 260 kB each, so a few are kept and lent out. */
#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

#include "base/str.h"

enum { GZIP_MIN_BYTES = 1024, GZIP_PAGE_LEVEL = 6, GZIP_CACHE_LEVEL = 9 };

/* The compressed bytes in the arena; n == 0 when they would not be smaller. Thread-safe. */
struct str gzip_bytes(struct arena *a, struct str plain, int level);

/* text/…, JSON, SVG and the like: what is worth compressing. */
bool gzip_is_worthwhile(const char *mime_type, size_t n_bytes);

/* Gives the kept states back, at the end of the program. */
void gzip_free_states(void);

#endif

/* The gzip wrapper is zlib's own: windowBits 15 + 16; its header holds no time and no name. */
#include <pthread.h>
#include <string.h>
#include <zlib.h>

#include "http/gzip.h"

enum { MAX_KEPT = 8, GZIP_WINDOW_BITS = 15 + 16 };

static struct {
	pthread_mutex_t lock;
	z_stream *kept[MAX_KEPT]; /* all of GZIP_PAGE_LEVEL */
	int n;
} states = {.lock = PTHREAD_MUTEX_INITIALIZER};

static z_stream *take_state(int level)
{
	z_stream *z = NULL;
	pthread_mutex_lock(&states.lock);
	if (level == GZIP_PAGE_LEVEL && states.n > 0)
		z = states.kept[--states.n];
	pthread_mutex_unlock(&states.lock);
	if (z != NULL)
		return z;
	z = heap_alloc(sizeof *z);
	if (deflateInit2(z, level, Z_DEFLATED, GZIP_WINDOW_BITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
		heap_free(z);
		return NULL;
	}
	return z;
}

static void free_state(z_stream *z)
{
	deflateEnd(z);
	heap_free(z);
}

static void give_back(z_stream *z, int level)
{
	if (level == GZIP_PAGE_LEVEL && deflateReset(z) == Z_OK) {
		pthread_mutex_lock(&states.lock);
		if (states.n < MAX_KEPT) {
			states.kept[states.n++] = z;
			z = NULL;
		}
		pthread_mutex_unlock(&states.lock);
	}
	if (z != NULL)
		free_state(z);
}

struct str gzip_bytes(struct arena *a, struct str plain, int level)
{
	struct str none = {NULL, 0};
	z_stream *z = plain.n < UINT32_MAX ? take_state(level) : NULL;
	if (z == NULL)
		return none;
	char *out = arena_alloc(a, plain.n);
	/* zlib reads but never writes here; its interface predates const. */
	union {
		const char *constant;
		Bytef *bytes;
	} in = {.constant = plain.p};
	z->next_in = in.bytes;
	z->avail_in = (uInt)plain.n;
	z->next_out = (Bytef *)out;
	z->avail_out = (uInt)plain.n;
	int done = deflate(z, Z_FINISH);
	size_t n = plain.n - z->avail_out;
	give_back(z, level);
	return done == Z_STREAM_END ? (struct str){out, n} : none;
}

bool gzip_is_worthwhile(const char *mime_type, size_t n_bytes)
{
	static const char *const types[] = {"text/", "application/json", "application/problem+json",
		"application/javascript", "image/svg+xml", "application/xml"};
	if (n_bytes < GZIP_MIN_BYTES || mime_type == NULL)
		return false;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strncmp(mime_type, types[i], strlen(types[i])) == 0)
			return true;
	return false;
}

void gzip_free_states(void)
{
	pthread_mutex_lock(&states.lock);
	while (states.n > 0)
		free_state(states.kept[--states.n]);
	pthread_mutex_unlock(&states.lock);
}

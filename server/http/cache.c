/*
 * A hash table of singly linked chains and one doubly linked list by use. Answers are copied in
 * and out under the lock: a page is some 30 kB, cheaper to copy than to count references to.
 */
#include <pthread.h>
#include <string.h>

#include "base/hash.h"
#include "http/cache.h"

enum { N_BUCKETS = 1024 };

struct entry {
	struct entry *next_in_bucket;
	struct entry *newer, *older;
	uint64_t hash;
	uint64_t revision;
	size_t n_bytes;
	char *key;
	size_t key_n;
	char *mime_type, *file_name, *etag;
	bool is_attachment;
	char *body, *gzipped;
	size_t body_n, gzipped_n;
};

struct cache {
	pthread_mutex_t lock;
	size_t used_bytes, max_bytes;
	struct entry *buckets[N_BUCKETS];
	struct entry *newest, *oldest;
};

struct cache *cache_new(size_t max_bytes)
{
	struct cache *c = heap_alloc(sizeof *c);
	pthread_mutex_init(&c->lock, NULL);
	c->max_bytes = max_bytes;
	return c;
}

static void free_entry(struct entry *e)
{
	heap_free(e->key);
	heap_free(e->mime_type);
	heap_free(e->file_name);
	heap_free(e->etag);
	heap_free(e->body);
	heap_free(e->gzipped);
	heap_free(e);
}

static uint64_t hash_of(struct str key)
{
	unsigned char digest[HASH_BYTES];
	uint64_t h;
	hash_bytes(digest, key);
	memcpy(&h, digest, sizeof h);
	return h;
}

static void unlink_entry(struct cache *c, struct entry *e)
{
	struct entry **at = &c->buckets[e->hash % N_BUCKETS];
	while (*at != e)
		at = &(*at)->next_in_bucket;
	*at = e->next_in_bucket;
	*(e->newer != NULL ? &e->newer->older : &c->newest) = e->older;
	*(e->older != NULL ? &e->older->newer : &c->oldest) = e->newer;
	c->used_bytes -= e->n_bytes;
}

static void push_newest(struct cache *c, struct entry *e)
{
	e->older = c->newest;
	e->newer = NULL;
	*(c->newest != NULL ? &c->newest->newer : &c->oldest) = e;
	c->newest = e;
}

static struct entry *find(struct cache *c, struct str key, uint64_t hash)
{
	struct entry *e = c->buckets[hash % N_BUCKETS];
	while (e != NULL &&
		!(e->hash == hash && e->key_n == key.n && memcmp(e->key, key.p, key.n) == 0))
		e = e->next_in_bucket;
	return e;
}

void cache_free(struct cache *c)
{
	if (c == NULL)
		return;
	while (c->newest != NULL) {
		struct entry *e = c->newest;
		unlink_entry(c, e);
		free_entry(e);
	}
	pthread_mutex_destroy(&c->lock);
	heap_free(c);
}

/* NUL-terminated beyond n, so that it serves as text too. NULL stays NULL. */
static char *copy_to_arena(struct arena *a, const char *bytes, size_t n)
{
	if (bytes == NULL)
		return NULL;
	char *p = arena_alloc(a, n + 1);
	memcpy(p, bytes, n);
	return p;
}

static char *copy_to_heap(const char *bytes, size_t n)
{
	if (bytes == NULL)
		return NULL;
	char *p = heap_alloc(n + 1);
	memcpy(p, bytes, n);
	return p;
}

static char *text_to_arena(struct arena *a, const char *text)
{
	return copy_to_arena(a, text, text != NULL ? strlen(text) : 0);
}

bool cache_find(
	struct cache *c, struct arena *a, struct str key, uint64_t revision, struct cached *out)
{
	uint64_t hash = hash_of(key);
	pthread_mutex_lock(&c->lock);
	struct entry *e = find(c, key, hash);
	bool is_found = e != NULL && e->revision == revision;
	if (is_found) {
		unlink_entry(c, e);
		e->next_in_bucket = c->buckets[hash % N_BUCKETS];
		c->buckets[hash % N_BUCKETS] = e;
		c->used_bytes += e->n_bytes;
		push_newest(c, e);
		*out = (struct cached){
			.mime_type = text_to_arena(a, e->mime_type),
			.file_name = text_to_arena(a, e->file_name),
			.is_attachment = e->is_attachment,
			.body = {copy_to_arena(a, e->body, e->body_n), e->body_n},
			.gzipped = {copy_to_arena(a, e->gzipped, e->gzipped_n), e->gzipped_n},
			.etag = text_to_arena(a, e->etag),
		};
	}
	pthread_mutex_unlock(&c->lock);
	return is_found;
}

static struct entry *make_entry(struct str key, uint64_t revision, const struct cached *answer)
{
	struct entry *e = heap_alloc(sizeof *e);
	e->hash = hash_of(key);
	e->revision = revision;
	e->key = copy_to_heap(key.p, key.n);
	e->key_n = key.n;
	e->mime_type = heap_strdup(answer->mime_type);
	e->file_name = answer->file_name != NULL ? heap_strdup(answer->file_name) : NULL;
	e->is_attachment = answer->is_attachment;
	e->etag = heap_strdup(answer->etag);
	e->body = copy_to_heap(answer->body.p, answer->body.n);
	e->body_n = answer->body.n;
	e->gzipped =
		answer->gzipped.n > 0 ? copy_to_heap(answer->gzipped.p, answer->gzipped.n) : NULL;
	e->gzipped_n = answer->gzipped.n;
	e->n_bytes = sizeof *e + key.n + e->body_n + e->gzipped_n + 256;
	return e;
}

void cache_keep(struct cache *c, struct str key, uint64_t revision, const struct cached *answer)
{
	if (answer->body.n + answer->gzipped.n > CACHE_MAX_ENTRY_BYTES ||
		answer->body.n + answer->gzipped.n + key.n + 1024 > c->max_bytes)
		return;
	struct entry *e = make_entry(key, revision, answer);
	struct entry *dropped = NULL;
	pthread_mutex_lock(&c->lock);
	struct entry *before = find(c, key, e->hash);
	if (before != NULL) {
		unlink_entry(c, before);
		before->older = dropped;
		dropped = before;
	}
	while (c->oldest != NULL && c->used_bytes + e->n_bytes > c->max_bytes) {
		struct entry *oldest = c->oldest;
		unlink_entry(c, oldest);
		oldest->older = dropped;
		dropped = oldest;
	}
	e->next_in_bucket = c->buckets[e->hash % N_BUCKETS];
	c->buckets[e->hash % N_BUCKETS] = e;
	c->used_bytes += e->n_bytes;
	push_newest(c, e);
	pthread_mutex_unlock(&c->lock);
	while (dropped != NULL) {
		struct entry *next = dropped->older;
		free_entry(dropped);
		dropped = next;
	}
}

size_t cache_used_bytes(struct cache *c)
{
	pthread_mutex_lock(&c->lock);
	size_t n = c->used_bytes;
	pthread_mutex_unlock(&c->lock);
	return n;
}

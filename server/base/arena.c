/*
 * Bump allocation in blocks that double up to 1 MiB, and the checked heap below it.
 *
 * Blocks survive a reset (up to 256 KiB), because a request that starts with warm memory costs no
 * system call. Under AddressSanitizer what is not handed out is poisoned, so that reading past an
 * allocation, or after a reset, is found like any heap error.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { REDZONE_BYTES = 16 };
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { REDZONE_BYTES = 0 };
#endif

enum {
	ALIGNMENT = 16,
	FIRST_BLOCK_BYTES = 8 << 10,
	LAST_BLOCK_BYTES = 1 << 20,
	KEPT_BYTES = 256 << 10,
};

struct block {
	struct block *next;
	size_t size; /* of data */
	size_t used;
	_Alignas(ALIGNMENT) unsigned char data[];
};

struct arena {
	struct block *blocks; /* the first is the one being filled */
	struct block *spare;  /* kept by a reset, empty */
	size_t next_size;
	size_t used_bytes;
	size_t kept_bytes; /* by a reset, at most */
};

static void die_of_memory(size_t n)
{
	char line[96];
	int length = snprintf(line, sizeof line,
		"symposiarch: out of memory (%zu bytes asked for); stopping\n", n);
	ssize_t written = write(STDERR_FILENO, line, length > 0 ? (size_t)length : 0);
	(void)written;
	abort();
}

struct arena *arena_new(void)
{
	struct arena *a = heap_alloc(sizeof *a);
	a->next_size = FIRST_BLOCK_BYTES;
	a->kept_bytes = KEPT_BYTES;
	return a;
}

void arena_keep(struct arena *a, size_t n)
{
	a->kept_bytes = n;
}

static void free_list(struct block *b)
{
	while (b) {
		struct block *next = b->next;
		UNPOISON(b->data, b->size);
		free(b);
		b = next;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	free_list(a->blocks);
	free_list(a->spare);
	heap_free(a);
}

void arena_reset(struct arena *a)
{
	size_t kept = 0;
	struct block *lists[] = {a->blocks, a->spare};
	a->blocks = NULL;
	a->spare = NULL;
	a->used_bytes = 0;
	for (int i = 0; i < 2; i++) {
		for (struct block *b = lists[i], *next; b; b = next) {
			next = b->next;
			b->next = NULL;
			if (kept + b->size > a->kept_bytes) {
				free_list(b);
				continue;
			}
			kept += b->size;
			b->used = 0;
			POISON(b->data, b->size);
			b->next = a->spare;
			a->spare = b;
		}
	}
	if (!a->spare)
		a->next_size = FIRST_BLOCK_BYTES;
}

static struct block *spare_take(struct arena *a, size_t room)
{
	for (struct block **at = &a->spare; *at; at = &(*at)->next) {
		struct block *b = *at;
		if (b->size >= room) {
			*at = b->next;
			return b;
		}
	}
	return NULL;
}

static struct block *block_new(struct arena *a, size_t room)
{
	size_t size = a->next_size;
	if (a->next_size < LAST_BLOCK_BYTES)
		a->next_size *= 2;
	if (size < room)
		size = room;
	struct block *b = malloc(sizeof *b + size);
	if (!b)
		die_of_memory(size);
	b->size = size;
	b->used = 0;
	POISON(b->data, b->size);
	return b;
}

/* A block with room for that many bytes; a large one goes second, so the first keeps filling. */
static struct block *block_for(struct arena *a, size_t room)
{
	struct block *first = a->blocks;
	if (first && first->size - first->used >= room)
		return first;
	struct block *b = spare_take(a, room);
	if (!b)
		b = block_new(a, room);
	if (first && room > first->size - first->used &&
		b->size - room < first->size - first->used) {
		b->next = first->next;
		first->next = b;
	} else {
		b->next = first;
		a->blocks = b;
	}
	return b;
}

static void *hand_out(struct arena *a, size_t n)
{
	assert(a);
	if (n > SIZE_MAX / 2)
		die_of_memory(n);
	size_t room = ((n ? n : 1) + REDZONE_BYTES + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	struct block *b = block_for(a, room);
	unsigned char *p = b->data + b->used;
	b->used += room;
	a->used_bytes += n;
	UNPOISON(p, n);
	return p;
}

static size_t bytes_of(size_t count, size_t size)
{
	size_t n;
	if (__builtin_mul_overflow(count, size, &n))
		die_of_memory(SIZE_MAX);
	return n;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(hand_out(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	return arena_alloc(a, bytes_of(count, size));
}

void *arena_raw_array(struct arena *a, size_t count, size_t size)
{
	return hand_out(a, bytes_of(count, size));
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy = hand_out(a, n + 1);
	if (n)
		memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
	char small[256];
	va_list again;
	va_copy(again, args);
	int length = vsnprintf(small, sizeof small, format, args);
	assert(length >= 0);
	size_t n = length > 0 ? (size_t)length : 0;
	char *text = arena_alloc(a, n + 1);
	if (n < sizeof small)
		memcpy(text, small, n);
	else
		vsnprintf(text, n + 1, format, again);
	va_end(again);
	return text;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(a, format, args);
	va_end(args);
	return text;
}

size_t arena_used_bytes(const struct arena *a)
{
	return a->used_bytes;
}

void *heap_alloc(size_t n)
{
	void *p = calloc(1, n ? n : 1);
	if (!p)
		die_of_memory(n);
	return p;
}

void *heap_resize(void *p, size_t n)
{
	void *q = realloc(p, n ? n : 1);
	if (!q)
		die_of_memory(n);
	return q;
}

char *heap_strdup(const char *s)
{
	size_t n = strlen(s) + 1;
	char *copy = heap_alloc(n);
	memcpy(copy, s, n);
	return copy;
}

void heap_free(void *p)
{
	free(p);
}

/*
 * Memory with the lifetime of one request or one job.
 *
 * Ownership law of the program: a function that returns memory takes an arena as its first
 * parameter, and what it returns lives exactly as long as that arena. Nothing is freed singly.
 * Heap memory exists only in base/, in caches and in threads, behind pairs named _new/_free.
 *
 * Out of memory is fatal: the process prints one line and aborts. No caller checks for NULL.
 * An arena belongs to one thread at a time; handing it over needs a lock or a join in between.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#define NODISCARD         __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);

/* Forgets everything allocated; keeps up to 256 KiB of blocks for the next user. */
void arena_reset(struct arena *a);

/* How much a reset keeps from now on, for an arena that is filled and emptied a thousand times. */
void arena_keep(struct arena *a, size_t n);

/* n zeroed bytes, aligned for any type. n may be 0 (a unique valid pointer). */
void *arena_alloc(struct arena *a, size_t n);

/* count * size with overflow checked (overflow is fatal). */
void *arena_array(struct arena *a, size_t count, size_t size);

/* Zeroed struct or array of a type: ARENA_NEW(a, struct x), ARENA_ARRAY(a, n, struct x). */
#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* The same with whatever bytes are there, for those who write all of them at once. */
void *arena_raw_array(struct arena *a, size_t count, size_t size);
#define ARENA_RAW_ARRAY(a, n, type) ((type *)arena_raw_array((a), (n), sizeof(type)))

/* NUL-terminated copies. arena_strdup(a, NULL) is NULL. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *a, const char *format, va_list args);

/* Bytes handed out since the last reset, for tests and the memory benchmark. */
size_t arena_used_bytes(const struct arena *a);

/*
 * Heap for _new/_free pairs. Zeroed (except what heap_resize adds); never NULL. Use these, not
 * malloc, so that exhaustion has one behaviour and the fault tables reach every allocation.
 */
void *heap_alloc(size_t n);
void *heap_resize(void *p, size_t n);
char *heap_strdup(const char *s);
void heap_free(void *p);

#endif

/*
 * Text views and bounded buffers.
 *
 * Two kinds of text exist. Inside the program text is `const char *`: NUL-terminated, valid UTF-8,
 * NFC, without NUL inside; the form and JSON parsers guarantee it at the border. At the border and
 * in parsers text is a `struct str`: a view, any bytes, not terminated, not owned.
 *
 * A `struct buf` builds text. It is created with a maximum; going over it sets `failed`, writes
 * nothing more and never overflows; the builder checks `failed` once at the end.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include "base/arena.h"

struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

struct str str_from(const char *s); /* a view of s; NULL gives an empty view */
bool str_equal(struct str a, struct str b);
bool str_is(struct str a, const char *b);
bool str_starts_with(struct str s, struct str prefix);
bool str_ends_with(struct str s, struct str suffix);
struct str str_trim(struct str s); /* ASCII white space at both ends */

/*
 * Cuts *rest at the first separator: returns what stands before it and leaves what stands after.
 * Without a separator returns everything and leaves *rest with p == NULL. Loop while rest.p.
 */
struct str str_cut(struct str *rest, char separator);

/* Decimal digits, perhaps after a '-', the whole view; false on anything else or overflow. */
bool str_to_i64(struct str s, int64_t *out) NODISCARD;
/*
 * Plain decimal number ("4", "-0.5", "3.25"); no exponent, no hex, no locale. Correctly rounded;
 * false when its digits, read as one integer, pass 2^53.
 */
bool str_to_double(struct str s, double *out) NODISCARD;

char *str_dup(struct arena *a, struct str s); /* NUL-terminated copy */

/* Equality in time that depends on the lengths only: for tokens and MACs. */
bool str_equal_secret(struct str a, struct str b);

/* text_equal(a, b): both NULL, or both equal. text_is_empty: NULL or "". */
bool text_equal(const char *a, const char *b);
bool text_is_empty(const char *s);

struct buf {
	char *p;  /* always NUL-terminated once anything was added; NULL before */
	size_t n; /* bytes used, without the NUL */
	size_t cap;
	size_t max_bytes;
	struct arena *arena; /* NULL: heap, and buf_free is due */
	bool failed;
};

struct buf buf_in(struct arena *a, size_t max_bytes);
struct buf buf_on_heap(size_t max_bytes);
void buf_free(struct buf *b);  /* heap buffers only */
void buf_reset(struct buf *b); /* keeps the memory */

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_text(struct buf *b, const char *s); /* NULL adds nothing */
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * For those who write many small pieces: room for n bytes behind the text, NULL when that would
 * pass the maximum; and how many of them were used, at most n.
 */
char *buf_room(struct buf *b, size_t n);
void buf_use(struct buf *b, size_t n);

/* Escapes & < > " ' for element content and quoted attributes. */
void buf_html(struct buf *b, struct str s);
/* Percent-encodes everything but unreserved characters (RFC 3986). */
void buf_url(struct buf *b, struct str s);

struct str buf_view(const struct buf *b);
/* The text built so far, "" when empty; lives as long as the buffer's memory. */
const char *buf_cstr(struct buf *b);

#endif

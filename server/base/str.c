/* Views, numbers and bounded buffers. Nothing here depends on the locale. */
#include "base/str.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_BUFFER_BYTES = 256 };

struct str str_from(const char *s)
{
	return (struct str){s ? s : "", s ? strlen(s) : 0};
}

bool str_equal(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str a, const char *b)
{
	return str_equal(a, str_from(b));
}

bool str_starts_with(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_equal((struct str){s.p, prefix.n}, prefix);
}

bool str_ends_with(struct str s, struct str suffix)
{
	if (s.n < suffix.n)
		return false;
	return suffix.n == 0 || memcmp(s.p + (s.n - suffix.n), suffix.p, suffix.n) == 0;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n && is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_cut(struct str *rest, char separator)
{
	struct str whole = *rest;
	const char *at = whole.n ? memchr(whole.p, separator, whole.n) : NULL;
	if (!at) {
		*rest = (struct str){NULL, 0};
		return whole;
	}
	size_t n = (size_t)(at - whole.p);
	*rest = (struct str){at + 1, whole.n - n - 1};
	return (struct str){whole.p, n};
}

bool str_to_i64(struct str s, int64_t *out)
{
	bool negative = s.n && s.p[0] == '-';
	int64_t value = 0;
	if (s.n == (size_t)negative)
		return false;
	for (size_t i = negative; i < s.n; i++) {
		int digit = s.p[i] - '0';
		if (digit < 0 || digit > 9)
			return false;
		/* Counts downwards, because INT64_MIN has no positive twin. */
		if (__builtin_mul_overflow(value, (int64_t)10, &value) ||
			__builtin_sub_overflow(value, (int64_t)digit, &value))
			return false;
	}
	if (!negative && value == INT64_MIN)
		return false;
	*out = negative ? value : -value;
	return true;
}

/*
 * The digits as an integer of at most 2^53 divided by a power of ten up to 10^22: both are exact in
 * a double, so the one division rounds correctly. Longer inputs are refused.
 */
bool str_to_double(struct str s, double *out)
{
	const int64_t exact = INT64_C(1) << 53;
	bool negative = s.n && s.p[0] == '-';
	int64_t digits = 0;
	int n_before = 0, n_after = 0;
	bool has_point = false;
	double scale = 1;
	for (size_t i = negative; i < s.n; i++) {
		char c = s.p[i];
		if (c == '.' && !has_point && n_before) {
			has_point = true;
			continue;
		}
		if (c < '0' || c > '9')
			return false;
		digits = digits * 10 + (c - '0');
		if (digits > exact)
			return false;
		if (has_point) {
			scale *= 10;
			n_after++;
		} else {
			n_before++;
		}
	}
	if (!n_before || (has_point && !n_after) || n_after > 22)
		return false;
	double value = (double)digits / scale;
	*out = negative ? -value : value;
	return true;
}

char *str_dup(struct arena *a, struct str s)
{
	return arena_strndup(a, s.p, s.n);
}

bool str_equal_secret(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	volatile unsigned char difference = 0;
	for (size_t i = 0; i < a.n; i++)
		difference |= (unsigned char)(a.p[i] ^ b.p[i]);
	return difference == 0;
}

bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool text_is_empty(const char *s)
{
	return !s || !*s;
}

struct buf buf_in(struct arena *a, size_t max_bytes)
{
	assert(a);
	return (struct buf){.arena = a, .max_bytes = max_bytes};
}

struct buf buf_on_heap(size_t max_bytes)
{
	return (struct buf){.max_bytes = max_bytes};
}

void buf_free(struct buf *b)
{
	assert(!b->arena);
	heap_free(b->p);
	*b = (struct buf){.max_bytes = b->max_bytes};
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	b->failed = false;
	if (b->p)
		b->p[0] = '\0';
}

/* Makes room for n more bytes and the NUL; false when that would pass the maximum. */
static bool buf_reserve(struct buf *b, size_t n)
{
	if (b->failed)
		return false;
	if (n > b->max_bytes || b->n > b->max_bytes - n) {
		b->failed = true;
		return false;
	}
	size_t need = b->n + n + 1;
	if (need <= b->cap)
		return true;
	size_t cap = b->cap ? b->cap * 2 : FIRST_BUFFER_BYTES;
	if (cap < need)
		cap = need;
	if (b->arena) {
		char *p = arena_alloc(b->arena, cap);
		if (b->n)
			memcpy(p, b->p, b->n);
		b->p = p;
	} else {
		b->p = heap_resize(b->p, cap);
	}
	b->cap = cap;
	b->p[b->n] = '\0';
	return true;
}

/* Nearly always: then there is nothing to reserve. */
static bool has_room(const struct buf *b, size_t n)
{
	return !b->failed && n < b->cap - b->n && n <= b->max_bytes - b->n;
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
	if ((!has_room(b, n) && !buf_reserve(b, n)) || n == 0)
		return;
	memcpy(b->p + b->n, bytes, n);
	b->n += n;
	b->p[b->n] = '\0';
}

char *buf_room(struct buf *b, size_t n)
{
	return has_room(b, n) || buf_reserve(b, n) ? b->p + b->n : NULL;
}

void buf_use(struct buf *b, size_t n)
{
	assert(n < b->cap - b->n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_str(struct buf *b, struct str s)
{
	buf_add(b, s.p, s.n);
}

void buf_text(struct buf *b, const char *s)
{
	if (s)
		buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
	if (!has_room(b, 1) && !buf_reserve(b, 1))
		return;
	b->p[b->n++] = c;
	b->p[b->n] = '\0';
}

void buf_i64(struct buf *b, int64_t v)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (v < 0)
		digits[--at] = '-';
	buf_add(b, digits + at, sizeof digits - at);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	if (!buf_reserve(b, 0))
		return;
	size_t spare = b->cap - b->n;
	va_start(args, format);
	int length = vsnprintf(b->p + b->n, spare, format, args);
	va_end(args);
	assert(length >= 0);
	size_t n = (size_t)length;
	if (n >= spare) {
		b->p[b->n] = '\0'; /* undoes the cut text, should there be no room for the whole */
		if (!buf_reserve(b, n))
			return;
		va_start(args, format);
		vsnprintf(b->p + b->n, n + 1, format, args);
		va_end(args);
	} else if (n > b->max_bytes - b->n) {
		b->p[b->n] = '\0';
		b->failed = true;
		return;
	}
	b->n += n;
}

static const char *html_escape(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void buf_html(struct buf *b, struct str s)
{
	size_t start = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *escape = html_escape(s.p[i]);
		if (!escape)
			continue;
		buf_add(b, s.p + start, i - start);
		buf_text(b, escape);
		start = i + 1;
	}
	if (s.n > start)
		buf_add(b, s.p + start, s.n - start);
}

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

void buf_url(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (is_unreserved(c)) {
			buf_char(b, (char)c);
		} else {
			char escaped[3] = {'%', hex[c >> 4], hex[c & 15]};
			buf_add(b, escaped, sizeof escaped);
		}
	}
}

struct str buf_view(const struct buf *b)
{
	return (struct str){b->p ? b->p : "", b->n};
}

const char *buf_cstr(struct buf *b)
{
	return b->p ? b->p : "";
}

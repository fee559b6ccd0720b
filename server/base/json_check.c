/*
 * The strict reading of RFC 8259 that cJSON lacks: it takes invalid UTF-8, cuts strings at U+0000,
 * keeps duplicate keys, and loses digits. Recursion is bounded by JSON_MAX_DEPTH, so it may run on
 * a small stack; duplicate keys are found by sorting, so a hostile object costs n log n.
 */
#include "base/json_check.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>
#include "base/json.h"

struct key {
	struct str name; /* escapes resolved */
	size_t at;       /* where it stands in the text */
};

struct checker {
	struct arena *arena;
	struct str text;
	size_t at;
	const char *fault; /* the sentence about what is wrong at `at`, NULL while nothing is */
	struct key *keys;  /* of all open objects, the innermost last */
	size_t n_keys, max_keys;
};

static bool refuse(struct checker *c, const char *fault)
{
	if (!c->fault)
		c->fault = fault;
	return false;
}

static int peek(const struct checker *c)
{
	return c->at < c->text.n ? (unsigned char)c->text.p[c->at] : -1;
}

static void skip_space(struct checker *c)
{
	for (int b = peek(c); b == ' ' || b == '\t' || b == '\n' || b == '\r'; b = peek(c))
		c->at++;
}

static bool is_digit(int b)
{
	return b >= '0' && b <= '9';
}

static bool check_word(struct checker *c, const char *word)
{
	struct str rest = {c->text.p + c->at, c->text.n - c->at};
	if (!str_starts_with(rest, str_from(word)))
		return refuse(c, "a value is expected");
	c->at += strlen(word);
	return true;
}

/* The four digits after "\u"; -1 when they are none. */
static int read_hex4(struct checker *c)
{
	int value = 0;
	for (int i = 0; i < 4; i++, c->at++) {
		int b = peek(c);
		int lower = b | 0x20;
		if (is_digit(b))
			value = value * 16 + b - '0';
		else if (lower >= 'a' && lower <= 'f')
			value = value * 16 + lower - 'a' + 10;
		else
			return -1;
	}
	return value;
}

static bool read_unicode_escape(struct checker *c, UChar32 *out)
{
	int unit = read_hex4(c);
	if (unit < 0)
		return refuse(c, "\\u needs four hexadecimal digits");
	if (unit == 0)
		return refuse(c, "the character U+0000 is not allowed");
	if (unit >= 0xdc00 && unit <= 0xdfff)
		return refuse(c, "half of a surrogate pair stands alone");
	if (unit < 0xd800 || unit > 0xdbff) {
		*out = unit;
		return true;
	}
	struct str rest = {c->text.p + c->at, c->text.n - c->at};
	if (!str_starts_with(rest, STR("\\u")))
		return refuse(c, "half of a surrogate pair stands alone");
	c->at += 2;
	int low = read_hex4(c);
	if (low < 0xdc00 || low > 0xdfff)
		return refuse(c, "half of a surrogate pair stands alone");
	*out = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

static bool read_escape(struct checker *c, UChar32 *out)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	int b = peek(c);
	c->at += b >= 0;
	if (b == 'u')
		return read_unicode_escape(c, out);
	const char *letter = b > 0 ? strchr(letters, b) : NULL;
	if (!letter)
		return refuse(c, "this escape is unknown");
	*out = meanings[letter - letters];
	return true;
}

static bool read_character(struct checker *c, UChar32 *out)
{
	int b = peek(c);
	if (b < 0)
		return refuse(c, "a string is not closed");
	if (b < ' ')
		return refuse(c, "a control character must be written as an escape");
	if (b == '\\') {
		c->at++;
		return read_escape(c, out);
	}
	size_t next = c->at;
	U8_NEXT((const uint8_t *)c->text.p, next, c->text.n, *out);
	if (*out < 0)
		return refuse(c, "this is not UTF-8");
	c->at = next;
	return true;
}

/* The text of a checked string between its quotes, escapes resolved. */
static struct str decode(struct checker *c, struct str raw)
{
	struct checker inner = {.arena = c->arena, .text = raw};
	if (!raw.n || !memchr(raw.p, '\\', raw.n))
		return raw;
	char *out = arena_alloc(c->arena, raw.n); /* an escape is never shorter than its meaning */
	size_t n = 0;
	UChar32 character;
	while (inner.at < raw.n && read_character(&inner, &character))
		U8_APPEND_UNSAFE(out, n, character);
	return (struct str){out, n};
}

/* Most of every text: ASCII that stands for itself. */
static void skip_plain(struct checker *c)
{
	const unsigned char *p = (const unsigned char *)c->text.p;
	size_t at = c->at;
	while (at < c->text.n && p[at] >= ' ' && p[at] < 0x80 && p[at] != '"' && p[at] != '\\')
		at++;
	c->at = at;
}

/* A string with its quotes; *raw is the text between them. */
static bool check_string(struct checker *c, struct str *raw)
{
	UChar32 character;
	if (peek(c) != '"')
		return refuse(c, "a string is expected");
	size_t start = ++c->at;
	for (skip_plain(c); peek(c) != '"'; skip_plain(c))
		if (!read_character(c, &character))
			return false;
	*raw = (struct str){c->text.p + start, c->at - start};
	c->at++;
	return true;
}

static size_t count_digits(struct checker *c)
{
	size_t start = c->at;
	while (is_digit(peek(c)))
		c->at++;
	return c->at - start;
}

/* Powers of ten from the exponent's digits; anything long is beyond every bound anyway. */
static int read_exponent(struct checker *c)
{
	int sign = peek(c) == '-' ? -1 : 1;
	int value = 0;
	c->at += peek(c) == '-' || peek(c) == '+';
	for (; is_digit(peek(c)); c->at++)
		if (value < 10000)
			value = value * 10 + (peek(c) - '0');
	return sign * value;
}

/* Is the decimal number in the view, times ten to the exponent, 1e15 or more? */
static bool is_huge(struct str digits, int exponent)
{
	int before_point = -1, first = -1, at = 0;
	for (size_t i = 0; i < digits.n; i++) {
		if (digits.p[i] == '.') {
			before_point = at;
			continue;
		}
		if (digits.p[i] != '0' && first < 0)
			first = at;
		at++;
	}
	if (before_point < 0)
		before_point = at;
	return first >= 0 && before_point - first + exponent > 15;
}

static bool check_number(struct checker *c)
{
	enum { MAX_LENGTH = 40, MAX_INTEGER_DIGITS = 16 };
	const int64_t limit = INT64_C(1) << 53;
	size_t whole_start = c->at += peek(c) == '-';
	bool leads_with_zero = peek(c) == '0';
	size_t n_whole = count_digits(c);
	if (!n_whole)
		return refuse(c, "a value is expected");
	if (leads_with_zero && n_whole > 1)
		return refuse(c, "a number has leading zeros");
	bool is_integer = true;
	if (peek(c) == '.') {
		is_integer = false;
		c->at++;
		if (!count_digits(c))
			return refuse(c, "digits are missing after the decimal point");
	}
	struct str digits = {c->text.p + whole_start, c->at - whole_start};
	int exponent = 0;
	if (peek(c) == 'e' || peek(c) == 'E') {
		is_integer = false;
		c->at++;
		exponent = read_exponent(c);
		if (!is_digit(c->text.p[c->at - 1]))
			return refuse(c, "digits are missing in the exponent");
	}
	if (c->at - whole_start > MAX_LENGTH)
		return refuse(c, "a number is too long");
	int64_t value = 0;
	if (is_integer &&
		(digits.n > MAX_INTEGER_DIGITS || !str_to_i64(digits, &value) || value > limit))
		return refuse(c, "a whole number is beyond 2^53");
	if (!is_integer && is_huge(digits, exponent))
		return refuse(c, "a number is 1e15 or more");
	return true;
}

static void push_key(struct checker *c, struct key key)
{
	if (c->n_keys == c->max_keys) {
		size_t max = c->max_keys ? c->max_keys * 2 : 32;
		struct key *keys = ARENA_ARRAY(c->arena, max, struct key);
		if (c->n_keys)
			memcpy(keys, c->keys, c->n_keys * sizeof *keys);
		c->keys = keys;
		c->max_keys = max;
	}
	c->keys[c->n_keys++] = key;
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	size_t shorter = x->name.n < y->name.n ? x->name.n : y->name.n;
	int order = shorter ? memcmp(x->name.p, y->name.p, shorter) : 0;
	if (order)
		return order;
	if (x->name.n != y->name.n)
		return x->name.n < y->name.n ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Takes the keys of an object that ends off the stack; refuses when two are the same. */
static bool pop_keys(struct checker *c, size_t first)
{
	size_t n = c->n_keys - first;
	if (n > 1)
		qsort(c->keys + first, n, sizeof *c->keys, compare_keys);
	for (size_t i = first + 1; i < c->n_keys; i++) {
		if (str_equal(c->keys[i - 1].name, c->keys[i].name)) {
			c->at = c->keys[i].at;
			return refuse(c, "an object has the same key twice");
		}
	}
	c->n_keys = first;
	return true;
}

static bool check_value(struct checker *c, int depth);

static bool check_member(struct checker *c, int depth)
{
	struct str raw;
	struct key key = {.at = c->at};
	if (!check_string(c, &raw))
		return false;
	key.name = decode(c, raw);
	push_key(c, key);
	skip_space(c);
	if (peek(c) != ':')
		return refuse(c, "a colon is expected");
	c->at++;
	return check_value(c, depth);
}

/* What stands between brackets: members or values, with commas between them. */
static bool check_list(struct checker *c, char closing, int depth)
{
	if (depth > JSON_MAX_DEPTH)
		return refuse(c, "it is nested too deeply");
	size_t first_key = c->n_keys;
	c->at++;
	skip_space(c);
	bool is_empty = peek(c) == closing;
	while (!is_empty) {
		skip_space(c);
		if (closing == '}' ? !check_member(c, depth) : !check_value(c, depth))
			return false;
		if (peek(c) != ',')
			break;
		c->at++;
	}
	if (peek(c) != closing)
		return refuse(c, "a comma or a closing bracket is expected");
	c->at++;
	return pop_keys(c, first_key);
}

/* One value with the white space around it. depth: how many brackets are open around it. */
static bool check_value(struct checker *c, int depth)
{
	struct str unused;
	bool is_good;
	skip_space(c);
	switch (peek(c)) {
	case '{':
		is_good = check_list(c, '}', depth + 1);
		break;
	case '[':
		is_good = check_list(c, ']', depth + 1);
		break;
	case '"':
		is_good = check_string(c, &unused);
		break;
	case 't':
		is_good = check_word(c, "true");
		break;
	case 'f':
		is_good = check_word(c, "false");
		break;
	case 'n':
		is_good = check_word(c, "null");
		break;
	default:
		is_good = check_number(c);
		break;
	}
	if (is_good)
		skip_space(c);
	return is_good;
}

/* Where editors show it: lines and columns from 1, columns in characters. */
static enum rc tell_place(const struct checker *c, struct err *err)
{
	size_t line = 1, column = 1;

	for (size_t i = 0; i < c->at && i < c->text.n; i++) {
		bool is_inside = ((unsigned char)c->text.p[i] & 0xC0) == 0x80;
		line += c->text.p[i] == '\n';
		column = c->text.p[i] == '\n' ? 1 : column + !is_inside;
	}
	return err_set(err, INVALID, "The JSON is not valid at line %zu, column %zu: %s", line,
		column, c->fault);
}

enum rc json_check(struct arena *a, struct str text, size_t max_bytes, struct err *err)
{
	struct checker c = {.arena = a, .text = text};
	if (text.n > max_bytes)
		return err_set(err, INVALID, "The JSON is longer than %zu bytes", max_bytes);
	if (check_value(&c, 0) && c.at < text.n)
		refuse(&c, "something follows the value");
	if (!c.fault)
		return OK;
	return tell_place(&c, err);
}

/*
 * Bytes of a body or a query to raw pairs of name and value. Nothing here knows a declared field;
 * every parser works on lengths, so a NUL byte is a byte like any other until form_read.c refuses
 * it under the name of its field.
 */
#ifndef HTTP_PARSE_H
#define HTTP_PARSE_H

#include "base/err.h"
#include "base/str.h"

struct upload;

enum pair_kind {
	PAIR_TEXT, /* of a form or a query */
	PAIR_JSON_TEXT,
	PAIR_JSON_NUMBER, /* value as cJSON printed it; whole numbers without a point */
	PAIR_JSON_BOOL,   /* "true" or "false" */
	PAIR_JSON_DEEP,   /* an array or object where the flat names end: always a wrong type */
	PAIR_FILE,        /* upload is set, or NULL when the chosen file was refused */
};

struct pair {
	struct str name;
	struct str value;
	enum pair_kind kind;
	const struct upload *upload;
};

enum { PAIRS_MAX = 4096 };

struct pairs {
	struct pair *items; /* in order of arrival */
	size_t n, cap;
};

/* INVALID when there are PAIRS_MAX already. The views are not copied. */
enum rc pairs_add(struct arena *a, struct pairs *p, struct pair pair, struct err *err) NODISCARD;

/* The first pair of that name, NULL when there is none. */
const struct pair *pairs_find(const struct pairs *p, const char *name);

/*
 * application/x-www-form-urlencoded. '+' is a space. INVALID for a percent sign that two hex digits
 * do not follow. Empty pieces ("a=1&&b=2") are skipped.
 */
enum rc urlencoded_parse(
	struct arena *a, struct str text, struct pairs *out, struct err *err) NODISCARD;

/* 0..15, -1 for anything but a hex digit. */
int hex_value(char c);

/* Decodes %XX, and '+' when is_form. false for a broken escape. out has room for s.n bytes. */
bool percent_decode(struct str s, bool is_form, char *out, size_t *n) NODISCARD;

/*
 * A JSON object, flattened to the names of the form: {"title":"x","theme":["T"],
 * "author":[{"name":"y"}],"score":{"K":4}} gives title, theme, author.0.name and score.K. null
 * gives nothing. INVALID when the text is not JSON or not an object.
 */
enum rc json_body_parse(
	struct arena *a, struct str text, struct pairs *out, struct err *err) NODISCARD;

#endif

/*
 * Typed fields. The parsers (urlencoded, multipart, JSON, query string) yield name and raw value;
 * this turns them into the declared types, collecting one error per field. JSON bodies use the
 * same names: {"title":"…","theme":["T"],"author":[{"name":"…"}],"score":{"K7QF3M2XA":4}} is
 * title=…&theme=T&author.0.name=…&score.K7QF3M2XA=4. JSON says what it means: text for texts,
 * numbers for INT (and for MONEY, in minor units), true and false for BOOL; null is nothing.
 *
 * Getters assert that the field is declared for the route: a handler cannot read what it has not
 * announced.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/zone.h"
#include "http/route.h"

struct form_value;
struct upload {
	const char *sha256;    /* of the stored blob (the upload hook wrote it) */
	const char *file_name; /* last path component, cleaned, at most 120 characters */
	const char *mime_type; /* sniffed, not claimed */
	int64_t size_bytes;
};

struct form {
	struct arena *arena;
	const struct field *fields;
	size_t n_fields;
	struct form_value *values; /* in order of arrival */
	size_t n_values;
	const char *doing; /* the `do` button, such as "author.1.remove" or "submit"; "" for none */
	const char *idempotency_key; /* header or hidden field; "" for none */
	const char *body_sha256;     /* of method, path and body, "" without a key */
};

/* Was the field sent at all (an empty text counts, an unticked box does not)? */
bool form_has(const struct form *f, const char *name);

const char *form_text(const struct form *f, const char *name); /* "" when missing; never NULL */
int64_t form_int(const struct form *f, const char *name, int64_t otherwise); /* INT and MONEY */
bool form_bool(const struct form *f, const char *name);
bool form_civil(const struct form *f, const char *name, struct civil *out); /* DATE; false: missing */
/* DATETIME: a wall time in the zone, or the instant a program has sent; 0 when missing. */
int64_t form_instant(const struct form *f, const char *name, const struct zone *zone);
const struct upload *form_upload(const struct form *f, const char *name); /* NULL when none */

/* Replaces what was sent, for a form that is shown again with a newer revision. Nothing happens
 * when the field was not sent. */
void form_set_int(struct form *f, const char *name, int64_t value);

/* LIST: the values, in order. */
const char *const *form_list(const struct form *f, const char *name, size_t *n);

/* ROWS: number of rows, and a member of row i ("" when missing). */
size_t form_n_rows(const struct form *f, const char *group);
const char *form_row_text(const struct form *f, const char *group, size_t i, const char *member);
int64_t form_row_int(
	const struct form *f, const char *group, size_t i, const char *member, int64_t otherwise);
bool form_row_bool(const struct form *f, const char *group, size_t i, const char *member);

/* MAP: keys and values, e.g. score by criterion code. */
size_t form_n_keys(const struct form *f, const char *name);
const char *form_key(const struct form *f, const char *name, size_t i);
const char *form_key_text(const struct form *f, const char *name, size_t i);
int64_t form_key_int(const struct form *f, const char *name, size_t i, int64_t otherwise);

/*
 * Row buttons. `do` may be "<group>.add", "<group>.<i>.remove", "<group>.<i>.up", "….down": the
 * router then changes the rows of the submitted form and shows the page again with 200, without
 * validating or running the POST handler. Nothing typed is lost and no script is needed.
 * "<group>.show" changes nothing: the page again, for a preview of what was typed.
 */

#endif

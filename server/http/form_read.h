/*
 * From raw pairs to declared, typed values. Private to http/: handlers use form.h.
 */
#ifndef HTTP_FORM_READ_H
#define HTTP_FORM_READ_H

#include "http/form.h"
#include "http/parse.h"

struct form_value {
	const struct field *field;
	size_t row;       /* FIELD_ROWS: 0, 1, 2 … without gaps */
	const char *key;  /* FIELD_MAP */
	const char *text; /* the clean text; what was typed, made showable, when is_wrong */
	int64_t number;
	struct civil civil;   /* unless is_instant: then number is the instant */
	const struct upload *upload;
	const char *const *list; /* FIELD_LIST, on the first value: the texts of all, in order */
	bool truth;
	bool is_instant; /* DATETIME: sent with its offset */
	bool is_wrong;
};

enum form_source {
	FORM_QUERY, /* undeclared names are ignored */
	FORM_BODY,  /* undeclared names are errors */
};

/*
 * Types every pair that is declared and collects one error a field in err; returns err's rc.
 * Rows are renumbered without gaps; rows in which everything is empty are dropped, unless the
 * button pressed is a row button, for which nothing is checked either. out is filled in any case,
 * so that a refused form can be shown again.
 */
enum rc form_read(struct arena *a, const struct field *fields, size_t n_fields,
	const struct pairs *pairs, enum form_source source, struct form *out,
	struct err *err) NODISCARD;

/* SHA-256 over method, path and pairs, without csrf_token and idempotency_key. */
const char *form_digest(
	struct arena *a, enum method method, const char *path, const struct pairs *pairs);

/* 8 to 64 characters of [A-Za-z0-9_-]. */
bool is_idempotency_key(struct str s);

/* Types one value; errors go to err under full_name. */
void form_type(struct arena *a, const struct pair *pair, const char *full_name,
	struct form_value *v, struct err *err);

/* Any bytes as text fit to be shown: controls left out, broken UTF-8 as U+FFFD. */
const char *text_as_typed(struct arena *a, struct str s);

/* "title", "author.0.name", "score.K7QF3M2XA". */
const char *form_value_name(struct arena *a, const struct form_value *v);

/* Does the `do` button of this form change rows? */
bool form_rows_is_button(const struct form *f);
/* Adds, removes or moves the row; indices are those of the values. Out of range: nothing. */
void form_rows_press(struct arena *a, struct form *f);

/* The value of a plain field, a row member or a map key; NULL when missing. Asserts nothing. */
const struct form_value *form_find(
	const struct form *f, const struct field *field, size_t row, const char *key);
size_t form_count_rows(const struct form *f, const char *group);

#endif

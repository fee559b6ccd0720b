/*
 * Results and errors.
 *
 * Every function that can fail returns `enum rc` and takes `struct err *err` last. The first error
 * set wins. `message` is for the person in front of the page: it says what to do next, in plain
 * English, and names no internals; the log gets the detail. Field errors name the form field.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/arena.h"

enum rc {
	OK,
	INVALID,   /* input is wrong; fields says where            422 */
	NOT_FOUND, /* there is none, or none for you                404 */
	FORBIDDEN, /* you may know of it, but not do this           403 */
	CONFLICT,  /* the state or the revision does not allow it   409 */
	GONE,      /* it was here: used links, closed offers        410 */
	TOO_MANY,  /* slow down                                     429 */
	BUSY,      /* try again: retries were exhausted             503 */
	INTERNAL,  /* our fault; the log knows more                 500 */
};

struct field_error {
	const char *field;   /* the name in the form, such as "author.1.name" */
	const char *message; /* a full sentence without a full stop */
	struct field_error *next;
};

struct err {
	struct arena *arena;
	enum rc rc;
	const char *message;        /* NULL while there are only field errors */
	struct field_error *fields; /* in the order they were found */
	/* Translates a message format before it is filled; NULL: as it stands. */
	const char *(*translate)(void *context, const char *format);
	void *translate_context;
};

struct err err_in(struct arena *a);

/*
 * Sets rc and message unless an error is set already; returns the rc that now holds. After field
 * errors alone, an INVALID still adds its message.
 */
enum rc err_set(struct err *e, enum rc rc, const char *format, ...) PRINTF_LIKE(3, 4);

/*
 * Adds a field error (a second one for the same field is dropped) and makes rc INVALID, unless
 * another error is set already.
 * Returns INVALID, so that `return err_field(...)` reads well.
 */
enum rc err_field(struct err *e, const char *field, const char *format, ...) PRINTF_LIKE(3, 4);

/* The message for a field, or NULL. */
const char *err_of_field(const struct err *e, const char *field);

/* INTERNAL with one public sentence; the detail goes to the log at level error. */
enum rc err_internal(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3);

/* Forgets everything, for a re-run. */
void err_clear(struct err *e);

/* "ok", "invalid", "not-found" ...: the stable word of problem+json and of the log. */
const char *rc_name(enum rc rc);

/* Returns the rc from the current function unless it is OK. */
#define TRY(expression)                                                                            \
	do {                                                                                       \
		enum rc try_rc = (expression);                                                     \
		if (try_rc != OK)                                                                  \
			return try_rc;                                                             \
	} while (0)

#endif

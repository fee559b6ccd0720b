/*
 * Errors as they travel up: the first one found is the cause, later ones are consequences, so the
 * first one wins.
 */
#include "base/err.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>
#include "base/log.h"

struct err err_in(struct arena *a)
{
	assert(a);
	return (struct err){.arena = a};
}

/* The format itself is translated, so that a catalogue entry is a whole sentence with its gaps. */
static const char *fill(struct err *e, const char *format, va_list args)
{
	if (e->translate)
		format = e->translate(e->translate_context, format);
	return arena_vprintf(e->arena, format, args);
}

enum rc err_set(struct err *e, enum rc rc, const char *format, ...)
{
	va_list args;
	assert(rc != OK);
	bool is_first = e->rc == OK;
	/* Field errors make an error INVALID without a sentence of its own; this may still be it.
	 */
	bool completes = e->rc == INVALID && rc == INVALID && !e->message;
	if (is_first || completes) {
		va_start(args, format);
		e->message = fill(e, format, args);
		va_end(args);
		e->rc = rc;
	}
	return e->rc;
}

enum rc err_field(struct err *e, const char *field, const char *format, ...)
{
	va_list args;
	struct field_error **end = &e->fields;
	for (; *end; end = &(*end)->next)
		if (strcmp((*end)->field, field) == 0)
			return INVALID;
	struct field_error *f = ARENA_NEW(e->arena, struct field_error);
	f->field = arena_strdup(e->arena, field);
	va_start(args, format);
	f->message = fill(e, format, args);
	va_end(args);
	*end = f;
	if (e->rc == OK)
		e->rc = INVALID;
	return INVALID;
}

const char *err_of_field(const struct err *e, const char *field)
{
	for (const struct field_error *f = e->fields; f; f = f->next)
		if (strcmp(f->field, field) == 0)
			return f->message;
	return NULL;
}

enum rc err_internal(struct err *e, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *detail = arena_vprintf(e->arena, format, args);
	va_end(args);
	log_event(LOG_ERROR, "internal", "detail=%s", log_value(e->arena, detail));
	return err_set(e, INTERNAL,
		"Something went wrong on our side. Please try again; if it happens twice, tell the "
		"organisers");
}

void err_clear(struct err *e)
{
	e->rc = OK;
	e->message = NULL;
	e->fields = NULL;
}

const char *rc_name(enum rc rc)
{
	static const char *const names[] = {
		[OK] = "ok",
		[INVALID] = "invalid",
		[NOT_FOUND] = "not-found",
		[FORBIDDEN] = "forbidden",
		[CONFLICT] = "conflict",
		[GONE] = "gone",
		[TOO_MANY] = "too-many",
		[BUSY] = "busy",
		[INTERNAL] = "internal",
	};
	assert(rc >= OK && rc <= INTERNAL);
	return names[rc];
}

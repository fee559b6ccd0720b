/* A typesetter and what it lives on, for the tests of lines: each test has a new one. */
#ifndef TYPE_FIXTURE_H
#define TYPE_FIXTURE_H

#include "pdf/text/paragraph.h"

static struct arena *arena;
static struct print_warnings warnings;
static struct typesetter *type;

static inline int type_begin(const char *lang)
{
	arena = arena_new();
	warnings = print_warnings_in(arena);
	type = typesetter_new(arena, lang, &warnings);
	return 0;
}

static inline int type_end(void)
{
	typesetter_free(type);
	arena_free(arena);
	return 0;
}

#endif

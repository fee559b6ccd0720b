/* A list that is short in every document that is right. */
#include "pdf/text/warning.h"

#include "base/str.h"

struct print_warnings print_warnings_in(struct arena *a)
{
	return (struct print_warnings){.arena = a};
}

void print_warning_add(
	struct print_warnings *w, const char *where, uint32_t code_point, const char *message)
{
	struct print_warning **end = &w->first;
	int n = 0;
	for (; *end; end = &(*end)->next, n++)
		if ((*end)->code_point == code_point && text_equal((*end)->where, where) &&
			text_equal((*end)->message, message))
			return;
	if (n == PRINT_MAX_WARNINGS)
		return;
	*end = ARENA_NEW(w->arena, struct print_warning);
	(*end)->where = arena_strdup(w->arena, where);
	(*end)->message = arena_strdup(w->arena, message);
	(*end)->code_point = code_point;
}

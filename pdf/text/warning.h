/*
 * What somebody should look at before the document is printed: it was made all the same.
 */
#ifndef PDF_WARNING_H
#define PDF_WARNING_H

#include "base/arena.h"

enum { PRINT_MAX_WARNINGS = 200 };

struct print_warning {
	const char *where;   /* what it is about: the title of an abstract, a name; "": all of it */
	const char *message; /* a sentence without a full stop */
	uint32_t code_point; /* the character it is about; 0: none */
	struct print_warning *next;
};

/* In the order they were met, each once; the first PRINT_MAX_WARNINGS. */
struct print_warnings {
	struct arena *arena; /* where entries and texts are kept */
	struct print_warning *first;
};

struct print_warnings print_warnings_in(struct arena *a);
void print_warning_add(
	struct print_warnings *w, const char *where, uint32_t code_point, const char *message);

#endif

/* What every fuzz driver shares: a table of fields, and a way to say that a property is broken. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdlib.h>

#include "base/text.h"
#include "http/form_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(): it must hold in every build. */
#define MUST(condition)                                                                            \
	do {                                                                                       \
		if (!(condition))                                                                  \
			abort();                                                                   \
	} while (0)

static enum rc fuzz_handler(struct request *rq, struct vm *vm)
{
	(void)rq;
	(void)vm;
	return OK;
}

#define FUZZ_FIELD(group, name, type, shape, min, max)                                             \
	{                                                                                          \
		fuzz_handler, "fuzz_handler", group, name, type, shape, min, max, "Value"          \
	}

static const struct field fuzz_fields[] = {
	FUZZ_FIELD(NULL, "t", FIELD_TEXT, FIELD_ONE, 0, 50),
	FUZZ_FIELD(NULL, "b", FIELD_BLOCK, FIELD_ONE, 2, 50),
	FUZZ_FIELD(NULL, "e", FIELD_EMAIL, FIELD_ONE, 0, 254),
	FUZZ_FIELD(NULL, "i", FIELD_INT, FIELD_ONE, -9, 9),
	FUZZ_FIELD(NULL, "m", FIELD_MONEY, FIELD_ONE, -100000, 100000),
	FUZZ_FIELD(NULL, "d", FIELD_DATE, FIELD_ONE, 0, 0),
	FUZZ_FIELD(NULL, "w", FIELD_DATETIME, FIELD_ONE, 0, 0),
	FUZZ_FIELD(NULL, "c", FIELD_CODE, FIELD_ONE, 0, 0),
	FUZZ_FIELD(NULL, "k", FIELD_BOOL, FIELD_ONE, 0, 1),
	FUZZ_FIELD(NULL, "s", FIELD_SECRET, FIELD_ONE, 0, 20),
	FUZZ_FIELD(NULL, "l", FIELD_WORD, FIELD_LIST, 0, 5),
	FUZZ_FIELD("r", "n", FIELD_TEXT, FIELD_ROWS, 1, 20),
	FUZZ_FIELD("r", "k", FIELD_BOOL, FIELD_ROWS, 0, 1),
	FUZZ_FIELD(NULL, "p", FIELD_INT, FIELD_MAP, 1, 5),
};
enum { N_FUZZ_FIELDS = sizeof fuzz_fields / sizeof fuzz_fields[0] };

/* Whatever came, what a page may show of it is clean text, and right values are within bounds. */
static inline void fuzz_read_form(struct arena *a, const struct pairs *pairs)
{
	struct form form;
	struct err err = err_in(a);
	enum rc rc = form_read(a, fuzz_fields, N_FUZZ_FIELDS, pairs, FORM_BODY, &form, &err);
	MUST(rc == OK || rc == INVALID);
	for (size_t i = 0; i < form.n_values; i++) {
		const struct form_value *v = &form.values[i];
		MUST(v->text != NULL && text_is_utf8(str_from(v->text)));
		MUST(v->row < FORM_MAX_ROWS);
		if (!v->is_wrong && v->text[0] != '\0' && v->field->type == FIELD_INT)
			MUST(v->number >= v->field->min && v->number <= v->field->max);
	}
	for (const struct field_error *e = err.fields; e != NULL; e = e->next)
		MUST(text_is_utf8(str_from(e->field)) && text_is_utf8(str_from(e->message)));
	if (form_rows_is_button(&form)) {
		form_rows_press(a, &form);
		MUST(form_count_rows(&form, "r") <= FORM_MAX_ROWS);
	}
	(void)form_digest(a, METHOD_POST, "/x", pairs);
}

#endif

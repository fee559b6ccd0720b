/*
 * An outbox row becomes words: the organisers' own letter (table letter) when there is one, else
 * web/templates/mail/<template>.mustache, whose first line is the subject. The model is the frozen JSON
 * of the row and nothing else, so that a mail shows what was true when it was caused.
 */
#ifndef JOBS_LETTER_H
#define JOBS_LETTER_H

#include "store/db.h"
#include "view/template.h"

struct letter {
	const char *subject;
	const char *body; /* text/plain */
};

enum rc letter_render(struct arena *a, struct templates *templates, struct db *db, int64_t event_id,
	const char *template_name, const char *lang, const char *model_json, struct letter *out,
	struct err *err) NODISCARD;

#endif

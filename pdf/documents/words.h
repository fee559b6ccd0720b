/*
 * The few words a document brings along. Each kind has a table of them in English; a model in
 * another language, or with another taste, brings its own as members of "words".
 */
#ifndef PDF_WORDS_H
#define PDF_WORDS_H

#include "pdf/model.h"

struct word {
	const char *code, *english;
};

/* The model's word for a code of the table, which ends with {NULL}, else the English one. */
const char *word_of(const cJSON *model, const struct word *table, const char *code);

#endif

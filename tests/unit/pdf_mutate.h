/*
 * Models of documents that nobody would write: the example of a kind, cut to a few entries, with
 * some of its members changed. Most changes keep to the schema, so that what is printed is strange
 * rather than refused: text in any script, marks without letters, limits, members that are left out
 * or come in addition. The others break it: wrong types, wrong names, too much of everything.
 */
#ifndef TESTS_PDF_MUTATE_H
#define TESTS_PDF_MUTATE_H

#include "base/json.h"

/* The same kind and seed give the same model, in the arena. */
cJSON *pdf_mutate(struct arena *a, const char *kind, uint64_t seed);

/* Numbers that repeat (splitmix64, Steele and others 2014), for whoever shares the seed. */
struct dice {
	uint64_t state;
};

uint64_t dice_throw(struct dice *d);
/* 0 to n - 1. */
int dice_below(struct dice *d, int n);
bool dice_one_in(struct dice *d, int n);

/*
 * Text of n characters or a few more, of a sort that is chosen by the dice: letters of some script,
 * one long word, marks, blanks, characters without width, emoji, anything.
 */
const char *pdf_strange_text(struct arena *a, struct dice *d, int n);

#endif

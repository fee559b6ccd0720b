/*
 * What is left of a word without its endings, so that "teaching" and "teaches" are one: by Snowball
 * (Porter, "Snowball: A language for stemming algorithms", 2001), for the languages it has rules
 * for.
 */
#ifndef OPTIMISE_STEM_H
#define OPTIMISE_STEM_H

#include "base/arena.h"

/* Opened stemmers, one a language; for one thread. */
struct stem;

struct stem *stem_new(void);
void stem_free(struct stem *s);

/*
 * The stem of a word in lower case, without accents (text_fold). language: ISO 639-1; without rules
 * for it, or NULL, the word is only folded.
 */
const char *stem_word(struct stem *s, struct arena *a, const char *language, const char *lower);

/*
 * French, Italian and Catalan write an article to the word: what stands behind the apostrophe of
 * "l'empathie". A view of the word; in other languages the word itself.
 */
const char *stem_without_article(const char *language, const char *lower);

#endif

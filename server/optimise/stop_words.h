/*
 * Words that tell nothing of what a text is about ("the", "und", "の"), and what language a text is
 * in: the one with the most of them in it.
 */
#ifndef OPTIMISE_STOP_WORDS_H
#define OPTIMISE_STOP_WORDS_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"

enum { STOP_WORDS_NO_LANGUAGE = -1, STOP_WORDS_MAX_LANGUAGES = 32 };

struct stop_words;

/* The lists of stop_words.def, ready to be asked. */
const struct stop_words *stop_words_open(struct arena *a);

/* The languages in whose list a word in lower case stands, as bits. */
uint32_t stop_words_of(const struct stop_words *w, const char *lower);

/* ISO 639-1 of a bit's number; NULL beyond the last. And back: STOP_WORDS_NO_LANGUAGE when unknown.
 */
const char *stop_words_language(int language);
int stop_words_find_language(const char *code);

/*
 * The language of a text from how many of its words are in each list: the highest count. Of equals
 * `rather` when it is one of them, else none; STOP_WORDS_NO_LANGUAGE also when all are 0.
 */
int stop_words_guess(const uint32_t counts[STOP_WORDS_MAX_LANGUAGES], int rather);

#endif

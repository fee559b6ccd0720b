/*
 * The letters above the names of an index in scripts that have no capitals: those that Unicode's
 * locale data (CLDR, the index characters of a language) name for the language of the document, or
 * for the language that is most often written in the script. In Thai that is a consonant, whatever
 * vowel is written before it; in Japanese the row of the kana. What sorts in front of the first
 * letter stands under it too.
 */
#ifndef PDF_INDEX_LETTERS_H
#define PDF_INDEX_LETTERS_H

#include "base/arena.h"

#include <unicode/uscript.h>

struct index_letters;

struct index_letters *index_letters_new(struct arena *a, const char *lang);

/*
 * The letter for a name of the script, by its text_sort_key(); it lasts as long as the arena. NULL
 * when there is none, as for Chinese.
 */
const char *index_letter(struct index_letters *l, UScriptCode script, const char *sort_key);

#endif

/*
 * The little that the text files share about ICU: UTF-16 in arenas, shared immutable objects, and
 * what happens when ICU fails. Only base/text*.c and base/email.c include this.
 *
 * ICU's const functions may run in many threads on one object (ICU User Guide, "Thread safe const
 * APIs"), so normalisers and the collator are opened once; iterators are cloned for each use.
 */
#ifndef BASE_TEXT_ICU_H
#define BASE_TEXT_ICU_H

#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/utypes.h>
#include "base/str.h"

struct u16 {
	UChar *p;
	int32_t n;
};

/* ICU fails only for lack of memory or of its data: both are fatal, as everywhere in base. */
void icu_must(UErrorCode status, const char *what);

/* From valid UTF-8, and back to NUL-terminated UTF-8. */
struct u16 icu_from_utf8(struct arena *a, struct str s);
char *icu_to_utf8(struct arena *a, struct u16 s);

/* s in the form of the normaliser; s itself when it already is. */
struct u16 icu_normalise(struct arena *a, const UNormalizer2 *form, struct u16 s);

/*
 * s without the marks that are too many for their letter, so that icu_normalise() takes time in
 * proportion to its length: ICU sorts the marks of a run by insertion. UAX 15, "Stream-Safe Text
 * Format", allows 30 non-starters in a row, counted in NFKD: far more than any writing needs. Its
 * remedy, a U+034F between them, would not do: NFKC_Casefold drops U+034F as it drops all ignorable
 * characters, so those end no run here.
 */
struct u16 icu_without_surplus_marks(struct arena *a, struct u16 s);

/* A clone of the shared root iterator; ubrk_close() it. */
UBreakIterator *icu_words(void);
UBreakIterator *icu_characters(void);

#endif

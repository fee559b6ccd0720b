/*
 * Where a word may be divided, by the patterns (pdf/text/patterns.h) of the word's own language
 * (hyphens.def). Patterns are read when first wanted and kept for the life of the process; a
 * language without patterns, or whose package is not installed, is not hyphenated.
 */
#ifndef PDF_HYPHENATE_H
#define PDF_HYPHENATE_H

#include "base/arena.h"

#include <unicode/uchar.h>

#define HYPHEN_ROOT "/usr/share/hyphen"

enum { HYPHENATE_MAX_POINTS = 16, HYPHENATE_LEAST_LETTERS = 5, HYPHENATE_MAX_LETTERS = 60 };

/*
 * The points of the word that stands in the text, as numbers of code units in front of the hyphen,
 * rising. Quotes, brackets and stops around the word are passed over; what holds a figure, a hyphen
 * or anything but letters inside is left whole. Points at which the spelling would change (the old
 * German ck) are left out. Returns how many, at most HYPHENATE_MAX_POINTS.
 */
int hyphenate(const UChar *text, int n, const char *lang, unsigned char points[]);

#endif

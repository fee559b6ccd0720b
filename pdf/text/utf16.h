/* UTF-16, the form in which ICU, HarfBuzz and PDF take text. */
#ifndef PDF_UTF16_H
#define PDF_UTF16_H

#include "base/arena.h"

#include <unicode/utypes.h>

/* The text with *n code units, in the arena, followed by a zero unit. Bad UTF-8 becomes U+FFFD. */
UChar *utf16_from(struct arena *a, const char *utf8, int32_t *n);

/* NUL-terminated UTF-8 of n code units. */
char *utf16_to_utf8(struct arena *a, const UChar *text, int32_t n);

#endif

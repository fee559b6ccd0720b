/* The beginning of a text, for a sentence about it: a warning says which text it means. */
#ifndef PDF_QUOTE_H
#define PDF_QUOTE_H

#include "pdf/text/paragraph.h"

enum { QUOTE_MOST = 48 }; /* letters, about */

/*
 * What the paragraph says, in reading order, in the arena: all of it when that is short, else the
 * words it begins with and an ellipsis. Its lines are one.
 */
const char *paragraph_quote(struct arena *a, const struct paragraph *p);

#endif

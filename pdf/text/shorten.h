/* Text on one line, come what may: what does not fit gives way to an ellipsis. */
#ifndef PDF_SHORTEN_H
#define PDF_SHORTEN_H

#include "pdf/text/line.h"

/*
 * The paragraph as a single line no wider than `width`. Where it is too wide, or has more lines
 * than one, it ends behind a whole word, without the comma or dash that stands there, and an
 * ellipsis says that there is more; a first word that is too wide is cut between letters. For what
 * stands in full elsewhere: is_shortened (may be NULL) tells whoever must warn. A paragraph without
 * pieces has no lines.
 */
struct lines paragraph_shorten(
	struct typesetter *t, const struct paragraph *p, double width, bool *is_shortened);

/*
 * The first n pieces of the paragraph and an ellipsis, in the same way, for texts of several lines.
 * NULL when no word ends there, or nothing but pauses stands in front of it.
 */
struct paragraph *paragraph_beginning(struct typesetter *t, const struct paragraph *p, size_t n);

#endif

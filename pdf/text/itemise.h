/*
 * The first half of making a paragraph: its code units, and for each of them the span, the level,
 * the script, and whether a piece begins there. The second half picks faces and shapes.
 */
#ifndef PDF_ITEMISE_H
#define PDF_ITEMISE_H

#include "pdf/text/paragraph.h"

#include <unicode/ubidi.h>
#include <unicode/ubrk.h>

struct item_unit {
	unsigned short span;
	short script; /* UScriptCode */
	unsigned char level;
	unsigned char after; /* enum break_kind */
	bool starts_piece;
	bool is_dropped; /* an end of line, or a control that only steers the direction */
};

struct items {
	UChar *text; /* in normal form C */
	int n;
	struct item_unit *units;
	size_t n_pieces; /* how many of them start one */
	bool is_rtl, is_mixed;
};

/* The tools are the typesetter's: ICU objects are dear to open and are used again. */
struct item_tools {
	struct arena *scratch;
	UBiDi *bidi;
	UBreakIterator *lines;
};

/* Everything in tools->scratch. */
struct items itemise(const struct item_tools *tools, const struct text_span *spans, size_t n,
	enum paragraph_direction direction);

/* A blank that is set as white space: it may be stretched, and vanishes at the end of a line. */
bool item_is_blank(UChar c);

#endif

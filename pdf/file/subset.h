/* One face of a document as a Type0 font: its used glyphs, their widths and their texts. */
#ifndef PDF_SUBSET_H
#define PDF_SUBSET_H

#include "pdf/file/core.h"
#include "pdf/text/font.h"

struct subset_code {
	unsigned code;  /* in the content streams; TrueType: 1, 2, 3 ... in this order */
	unsigned glyph; /* of the whole face */
	const UChar *text;
	int n_text; /* 0: the glyph continues its neighbour's text */
	int width;  /* thousandths of an em */
};

/* Fills `object` with the font dictionary and writes what it refers to. */
void subset_write(struct arena *a, struct core *c, unsigned object, const struct font_face *face,
	const struct subset_code *codes, size_t n_codes);

#endif

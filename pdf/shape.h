/*
 * Shaping by HarfBuzz, remembered: a word set twice in one document is shaped once.
 *
 * Everything is in font units and therefore good for every size. Glyphs stand in visual order, left
 * to right, as PDF draws them.
 */
#ifndef PDF_SHAPE_H
#define PDF_SHAPE_H

#include "pdf/font.h"

struct shape_glyph {
	unsigned glyph;
	int advance;     /* from this glyph's origin to the next one's */
	int width;       /* the face's own advance, in thousandths of an em, as PDF counts */
	int x, y;        /* offset of the drawn glyph from its origin */
	int text_start;  /* the text it stands for, in code units of the request's text */
	int text_length; /* 0: the glyph continues the cluster of a neighbour */
};

struct shape_request {
	const struct font_face *face;
	UScriptCode script;
	const char *lang; /* BCP 47 or NULL */
	bool is_rtl;
	bool tabular; /* lining figures of equal width, for clocks and tables */
	const UChar *text;
	int n_text;
};

struct shape {
	struct shape_request request; /* what it was made of; text and lang are copies */
	int n_glyphs;
	const struct shape_glyph *glyphs;
	int width;
	int top, bottom; /* of the ink, above and below (negative) the baseline */
	/*
	 * The glyphs alone do not spell the text, because several of them share one cluster (Indic,
	 * Thai): the drawing must carry it beside them. Never set for right-to-left text, where
	 * readers would reverse it.
	 */
	bool needs_text;
	/* One character code of the embedded font a glyph; NULL until pdf/embed.h has seen it. */
	const unsigned *codes;
};

struct shaper;

/* Lives as long as the arena, its working buffer until shaper_free(). */
struct shaper *shaper_new(struct arena *a);
void shaper_free(struct shaper *s);

/* The shape, in the shaper's arena. Equal requests give the same object. */
struct shape *shaper_shape(struct shaper *s, const struct shape_request *request);

#endif

/*
 * Shaping by HarfBuzz, remembered: a word set twice in one document is shaped once.
 *
 * Everything is in font units and therefore good for every size. Glyphs stand in visual order, left
 * to right, as PDF draws them.
 *
 * Readers turn right-to-left text around letter by letter, so there every glyph must stand for
 * exactly one character, at its place, on the baseline. A cluster of n characters (lam-alef, a
 * letter with its vowels) becomes n glyphs that share its width: the drawn one, which is declared
 * narrower than it is, and blanks, with the characters from the last to the first. What remains
 * of the cluster is drawn as marks, which nobody reads.
 */
#ifndef PDF_SHAPE_H
#define PDF_SHAPE_H

#include "pdf/text/font.h"

struct shape_glyph {
	unsigned glyph;
	int advance;       /* from this glyph's origin to the next one's */
	int width;         /* what PDF is told of it, in thousandths of an em */
	int x, y;          /* offset of the drawn glyph from its origin */
	const UChar *text; /* the text it stands for */
	int n_text;        /* 0: the glyph continues the cluster of a neighbour */
};

/* A glyph that is drawn but not read, at its distance from the start of the shape. */
struct shape_mark {
	unsigned glyph;
	int width;
	int x, y;
};

struct shape_request {
	const struct font_face *face;
	UScriptCode script;
	const char *lang; /* BCP 47 or NULL */
	bool is_rtl;
	/*
	 * A bracket that runs right to left around text that does not: it is read as it looks, not
	 * as it was typed, because readers leave it with its neighbour and turn neither around.
	 */
	bool reads_mirrored;
	bool is_hyphenated; /* the hyphen at its end is none of the text: it is read as a soft one */
	bool tabular;       /* lining figures of equal width, for clocks and tables */
	const UChar *text;
	int n_text;
};

struct shape {
	struct shape_request request; /* what it was made of; text and lang are copies */
	int n_glyphs;
	const struct shape_glyph *glyphs;
	int n_marks;
	const struct shape_mark *marks;
	int width;
	int top, bottom; /* of the ink, above and below (negative) the baseline */
	/*
	 * Left to right only: the glyphs do not spell the text, because several share a cluster or
	 * stand above each other (Indic, Thai). The drawing must carry the text beside them.
	 */
	bool needs_text;
	/* Where the word may be divided, as of hyphenate(); n_hyphens negative: not asked yet. */
	const unsigned char *hyphens;
	int n_hyphens;
	/* Character codes of the embedded font, of glyphs and then marks; NULL until embedded. */
	const unsigned *codes;
};

struct shaper;

/* Lives as long as the arena, its working buffer until shaper_free(). */
struct shaper *shaper_new(struct arena *a);
void shaper_free(struct shaper *s);

/* The shape, in the shaper's arena. Equal requests give the same object. */
struct shape *shaper_shape(struct shaper *s, const struct shape_request *request);

#endif

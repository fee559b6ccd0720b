/*
 * Shaping by HarfBuzz: from a run of text in one face to its glyphs.
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

/* Small, as books have millions: units of a face fit 16 bits, and so do the numbers of its glyphs.
 */
struct shape_glyph {
	uint16_t glyph;
	int16_t advance; /* from this glyph's origin to the next one's */
	int16_t width;   /* what PDF is told of it, in thousandths of an em */
	uint16_t code;   /* its character code in the embedded font; set by embed_shape() */
};

/* Where a glyph is drawn, and which text it stands for. */
struct shape_cluster {
	int16_t x, y; /* offset of the drawn glyph from its origin */
	/*
	 * n_text units of the request from `at`, or `own` alone where that is not 0 (a turned
	 * bracket, a soft hyphen). n_text 0: it continues the cluster of a neighbour.
	 */
	uint16_t at;
	UChar own;
	uint8_t n_text;
};

/* A glyph that is drawn but not read, at its distance from the start of the shape. */
struct shape_mark {
	uint16_t glyph, code;
	int width;
	int x, y;
};

struct shape_request {
	const struct font_face *face;
	const char *lang; /* BCP 47 or NULL; kept */
	const UChar *text;
	int n_text;
	UScriptCode script;
	bool is_rtl;
	/*
	 * A bracket that runs right to left around text that does not: it is read as it looks, not
	 * as it was typed, because readers leave it with its neighbour and turn neither around.
	 */
	bool reads_mirrored;
	bool is_hyphenated; /* the hyphen at its end is none of the text: it is read as a soft one
			     */
	bool tabular;       /* lining figures of equal width, for clocks and tables */
};

struct shape {
	struct shape_request request; /* what it was made of; the text is a copy */
	struct shape_glyph *glyphs;
	/* One a glyph; NULL, as for most words: each stands in its place for one unit of text. */
	const struct shape_cluster *clusters;
	struct shape_mark *marks;
	/* Where the word may be divided, as of hyphenate(); n_hyphens negative: not asked yet. */
	const unsigned char *hyphens;
	int n_hyphens;
	int n_glyphs, n_marks;
	int width;
	int16_t top, bottom; /* of the ink, above and below (negative) the baseline */
	/*
	 * Left to right only: the glyphs do not spell the text, because several share a cluster or
	 * stand above each other (Indic, Thai). The drawing must carry the text beside them.
	 */
	bool needs_text;
	bool is_embedded;
	bool is_covered; /* the face draws every letter of it */
};

static inline struct shape_cluster shape_cluster(const struct shape *s, int i)
{
	return s->clusters ? s->clusters[i]
			   : (struct shape_cluster){.at = (uint16_t)i, .n_text = 1};
}

/* The text of glyph i, as many units as its cluster says. */
static inline const UChar *shape_text(const struct shape *s, int i)
{
	bool is_own = s->clusters && s->clusters[i].own;
	return is_own ? &s->clusters[i].own : s->request.text + shape_cluster(s, i).at;
}

struct shape_maker;

struct shape_maker *shape_maker_new(void);
void shape_maker_free(struct shape_maker *m);

/* A new shape in the arena, in one piece of it; the text is copied. */
struct shape *shape_new(
	struct shape_maker *m, struct arena *a, const struct shape_request *request);

/*
 * Many words stand in a text with and without a comma. True when the request is one of these: plain
 * letters with a stop at the end, which reaches no further than to the letter before it.
 */
bool shape_ends_in_stop(const struct shape_request *request);

/*
 * The shape of such a request from that of the word without the stop and that of its last letter
 * with it. NULL where they do not fit together, as after a ligature.
 */
struct shape *shape_with_stop(struct arena *a, const struct shape_request *request,
	const struct shape *word, const struct shape *end);

/* The same one in another arena. */
struct shape *shape_copy(struct arena *a, const struct shape *shape);

#endif

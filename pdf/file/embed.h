/*
 * The fonts of one document: which glyphs it uses, under which codes, and at the end the subset of
 * each face as a Type0 font.
 *
 * A character code stands for a glyph *and* the text it was shaped from, so that copying and
 * searching give back exactly what was set, even where one glyph serves several characters. In CFF
 * faces the code is the glyph itself and the first text wins (the faces of fonts.def that are CFF
 * draw one character with one glyph).
 */
#ifndef PDF_EMBED_H
#define PDF_EMBED_H

#include "pdf/file/core.h"
#include "pdf/text/shape.h"

struct embed;      /* the fonts of one document */
struct embed_face; /* one of them */

struct embed *embed_new(struct arena *a, struct core *c);

/* The face as a font of this document; its resource name is "F" and the index. */
struct embed_face *embed_face(struct embed *e, const struct font_face *face);
int embed_face_index(const struct embed_face *f);

/* Fills in the codes. Shapes are shared by all places of a word, so this happens once a word. */
void embed_shape(struct embed *e, struct shape *shape);

/* What a code of a font stands for; width in thousandths of an em. False: the code is unknown. */
struct embed_glyph {
	const struct font_face *face;
	unsigned glyph;
	int width;
};
bool embed_glyph_of(const struct embed *e, int font, unsigned code, struct embed_glyph *out);

/* Writes the fonts; nothing may be drawn afterwards. */
void embed_finish(struct embed *e);

#endif

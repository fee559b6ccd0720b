/*
 * The pages of a document as a picture (SVG 1.1), for a look at what would be printed: the same
 * operators, so the same lines and the same glyphs, drawn as outlines.
 *
 * Understood is what pdf/page writes: filled rectangles, text, spaces inside each other and cuts. A
 * photograph or a logo is shown as a grey field of its size.
 */
#ifndef PDF_SVG_H
#define PDF_SVG_H

#include "pdf/file/embed.h"

struct svg;

/* From now on every finished page is drawn, the first `max_pages` of them, side by side. */
struct svg *svg_new(struct arena *a, struct core *c, const struct embed *fonts, int max_pages);

/* The whole picture, a standalone file; its size is that of the pages in points. */
void svg_finish(struct svg *s, struct buf *out);

#endif

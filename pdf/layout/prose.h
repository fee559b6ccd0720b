/* Running text: paragraphs that somebody wrote, with an empty line between them. */
#ifndef PDF_PROSE_H
#define PDF_PROSE_H

#include "pdf/layout/layout.h"

struct prose {
	const struct text_style *style;
	const char *lang; /* NULL: the document's */
	double x, width;
	double leading;
	double gap; /* between paragraphs */
	enum align align;
	struct tag *parent; /* every paragraph becomes a P in it */
};

/*
 * The next paragraph of *rest, which moves behind it; NULL when there is no further one.
 */
const char *prose_cut(struct arena *a, const char **rest);

/* Adds the text to the block, one row a line. A single line end is kept as one. */
void block_prose(struct block *b, const struct prose *how, const char *text);

#endif

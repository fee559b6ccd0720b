/* Puts lines of shaped text on a page. */
#ifndef PDF_DRAW_H
#define PDF_DRAW_H

#include "pdf/file/embed.h"
#include "pdf/page/page.h"
#include "pdf/text/wrap.h"

struct draw_place {
	double x, baseline; /* left end of the line; points from the top left of the page */
	double factor;      /* of the size, as paragraph_fit() gives it; 1: as styled */
	double ratio;       /* of what may be stretched (positive) or shrunk in a justified line */
	struct tag *tag;    /* of pieces without one of their own; NULL: artifact */
};

void draw_line(struct page *page, struct embed *fonts, const struct line *line,
	const struct draw_place *place);

#endif

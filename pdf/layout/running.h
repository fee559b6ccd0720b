/*
 * The line at the head or at the foot of a page: a part at each end, a title and a date, a note and
 * a number. It is one line always. The parts share its width, and a part that is too wide for what
 * the other one leaves is shortened (pdf/text/shorten.h); of two that are too wide, each gets half.
 */
#ifndef PDF_RUNNING_H
#define PDF_RUNNING_H

#include "pdf/layout/doc.h"

struct running_part {
	const struct text_style *style;
	const char *text; /* in the document's language; NULL or "": the other one has the line */
};

struct running {
	double x, y, width;              /* y: the top of the line */
	struct running_part left, right; /* as they are seen: mirrored by who calls */
};

/* Both parts, fitted, on the baseline of the larger one. */
struct running_lines {
	struct lines left, right;
	bool is_left_shortened, is_right_shortened;
};

struct running_lines running_fit(struct doc *d, const struct running *r);

/*
 * Draws it as an artifact. It does not warn: what stands at the edge of a page stands in full
 * elsewhere; who knows better asks running_fit() once.
 */
void running_put(struct doc *d, struct page *page, const struct running *r);

#endif

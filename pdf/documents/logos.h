/* The logos of an event, for the kinds of documents that show them. They stand on white. */
#ifndef PDF_LOGOS_H
#define PDF_LOGOS_H

#include "pdf/documents/documents.h"

#include "pdf/layout/mirror.h"

enum { MAX_LOGOS = 8 }; /* as the schema says */

struct logos {
	struct image **images;
	size_t n;
};

/*
 * The first `most` of event.logos, none when there are none. They will be drawn in boxes of at most
 * width by height. INVALID, with the path of the one that is no picture.
 */
enum rc logos_load(struct doc *d, const cJSON *event, size_t most, double width, double height,
	struct logos *out, struct err *err) NODISCARD;

/* What logos_row() may need for each: the box to load them for. */
#define LOGOS_WIDTH  MM(45)
#define LOGOS_HEIGHT MM(16)

/*
 * All of them side by side from x on, in two rows when they are many, none higher than
 * LOGOS_HEIGHT. A wide one is set lower than a square one, so that none shouts. Returns the height
 * of the rows, 0 without logos; with page NULL nothing is drawn. Figures are added to sect.
 */
struct logos_place {
	struct mirror mirror; /* of the page */
	double x, y, width;
	struct tag *sect;
};
double logos_row(const struct logos *l, struct page *page, const struct logos_place *place);

#endif

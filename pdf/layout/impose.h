/*
 * Imposition: where each page lies on which side of a sheet, so that the printed sheets read in
 * order once they are folded and cut. Arithmetic and marks alone; doc_impose() makes the sheets.
 *
 * Pages keep their size: a sheet is as large as its pages together. Two A5 pages take an A4 sheet;
 * whoever has smaller paper lets the printer fit the sheet to it. Sides are counted from 0, the
 * front of the first sheet, its back, the front of the second ...; a page smaller than the others
 * stands in the middle of its place.
 */
#ifndef PDF_IMPOSE_H
#define PDF_IMPOSE_H

#include "pdf/page/page.h"

enum impose_way {
	/*
	 * Saddle stitch: two pages a side, sheets stacked, folded once and stapled in the fold.
	 * Blank pages at the end make a multiple of four. Printed on both sides, turned on the
	 * short edge.
	 */
	IMPOSE_BOOKLET,
	/* Side by side in reading order, on one side of the paper. */
	IMPOSE_TWO_UP,
	IMPOSE_FOUR_UP,
	/*
	 * Eight pages on one side of one sheet, two rows of four, the upper one upside down. Cut
	 * along the middle between the second row of folds, folded to a booklet without a staple.
	 */
	IMPOSE_ZINE,
};

struct imposition {
	enum impose_way way;
	size_t n_pages;
	double width, height; /* of the largest page */
	bool is_rtl;          /* bound on the right */
	/*
	 * Of a booklet, in points: what one sheet adds to the thickness of the fold. The pages of
	 * inner sheets move that much towards the spine, a sheet at a time, because they stand out
	 * at the front when the block is folded and are cut back there.
	 */
	double creep;
};

/*
 * "booklet", "2-up", "4-up", and "booklet/0.1" with creep in millimetres, at most 1. False for any
 * other text. Sets way and creep alone.
 */
bool impose_parse(const char *text, struct imposition *out);

/* How many sides of paper there are; of a booklet always an even number. */
size_t impose_sides(const struct imposition *i);

double impose_side_width(const struct imposition *i);
double impose_side_height(const struct imposition *i);

struct impose_place {
	size_t side;
	struct panel panel;
};

/* Of a page, counted from 0, which may be beyond n_pages: then it is a blank one. */
struct impose_place impose_place(const struct imposition *i, size_t page);

/* Where to fold and where to cut, on a page that is as large as the side. */
void impose_marks(const struct imposition *i, struct page *side);

#endif

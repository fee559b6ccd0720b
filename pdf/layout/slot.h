/*
 * A place of fixed size for a text: on badges, signs, labels, covers. The text is set as large as
 * its style says when it fits, and made smaller and wrapped until it does, but no smaller than
 * `least`. What does not fit even then runs out of its place, downwards where it can, or ends at a
 * word, with an ellipsis, where the slot says that it may. A warning says so either way.
 */
#ifndef PDF_SLOT_H
#define PDF_SLOT_H

#include "pdf/layout/doc.h"

enum slot_vertical { SLOT_TOP, SLOT_MIDDLE, SLOT_BOTTOM };

struct slot {
	const struct text_style *style;
	double x, y, width, height;
	double leading; /* from baseline to baseline, in sizes; 0: 1.2 */
	double least;   /* the smallest size, in points; 0: 7 */
	int max_lines;  /* 0: as many as fit */
	enum slot_vertical vertical;
	enum align align;
	enum wrap_at at;
	bool shortens; /* text stands in full elsewhere, and must not touch what is around it here
			*/
};

/* Draws the text, in the document's language when lang is NULL, and returns its height. */
double slot_put(struct doc *d, struct page *page, const struct slot *slot, const char *text,
	const char *lang, struct tag *tag);

/*
 * The same in two steps, for what stands below or around it: the lines that fit the place, whose
 * height is known, and later the drawing, for which the place may have been moved, not resized.
 */
struct slot_fit {
	const struct paragraph *paragraph;
	struct lines lines;
	double size, factor; /* of the style, and what it is made smaller by */
	double leading, height;
	bool is_over;      /* it runs out of its place */
	bool is_shortened; /* it would */
};

struct slot_fit slot_fit(struct doc *d, const struct slot *slot, const struct paragraph *paragraph);

/* What the lines take when they are drawn: stacked marks need more than the leading. */
double slot_height(const struct slot_fit *fit);

double slot_draw(struct doc *d, struct page *page, const struct slot *slot,
	const struct slot_fit *fit, struct tag *tag);

/* The same for text put together from spans; direction as of paragraph_new(). */
double slot_put_paragraph(struct doc *d, struct page *page, const struct slot *slot,
	const struct paragraph *paragraph, struct tag *tag);

/* Texts in places of their own, all in one size of type, as large as fits each of them. */
struct slot_text {
	struct paragraph *paragraph;
	struct slot slot; /* of one style */
	struct tag *tag;
};
void slot_put_alike(struct doc *d, struct page *page, const struct slot_text *texts, int n);

#endif

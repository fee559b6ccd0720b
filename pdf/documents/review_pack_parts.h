/* What the files of the review pack share: the state of one print and the measures. */
#ifndef PDF_REVIEW_PACK_PARTS_H
#define PDF_REVIEW_PACK_PARTS_H

#include "pdf/documents/sign_parts.h"

struct pack {
	struct doc *doc;
	struct flow *flow;
	const cJSON *model;
	double width;              /* of the text area */
	struct mirror text, page;  /* of blocks in that area; of what is drawn on the page */
	int from, to;              /* the ends of the scale */
	struct tag *cover, *table; /* the table of the summary */
};

/* Headings hang in a column of their own beside the text, which keeps it narrow enough to read. */
#define PACK_HANG   MM(34)
#define PACK_MARGIN MM(20)

/*
 * A text added to the end of a block, in the document's language when lang is NULL. It is mirrored
 * if need be, as is all that has an x here.
 */
struct pack_text {
	const struct text_style *style;
	const char *text, *lang;
	struct paragraph *paragraph; /* NULL: of the text */
	double x, width;             /* 0: to the end of the line */
	double leading;              /* in sizes; 0: 1.3 */
	enum align align;
	bool balance; /* lines of equal width */
	struct tag *tag;
};
void pack_add(const struct pack *p, struct block *b, const struct pack_text *t);
/* The same beside rows that are there. */
void pack_beside(const struct pack *p, struct block *b, size_t row, const struct pack_text *t);

/* A theme by its letter in a chip and its word behind it, at x on a row of texts of that style. */
void pack_theme(const struct pack *p, struct block *b, size_t row, double x,
	const struct text_style *style, const cJSON *theme, struct tag *tag);

/* One submission and its form, from a new page. */
void pack_submission(struct pack *p, const cJSON *submission, struct place *place);

/*
 * The table for chairs. Its head, drawn on every page, returns where the rows begin; table NULL: it
 * is repeated, an artifact.
 */
void pack_summary(struct pack *p);
double pack_summary_head(struct pack *p, struct page *page, double y, struct tag *table);

#endif

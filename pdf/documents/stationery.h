/*
 * The paper of letters and invoices: the sender's head and foot, the address where the window of an
 * envelope is (DIN 5008, form B: 20 mm from the left, 45 mm from the top, 85 by 45 mm; a longer one
 * runs on below, with a warning), beside it what the letter is about in a few lines, fold marks,
 * and what stands at the head of the pages that follow.
 *
 * The model has the members event, sender, and perhaps paper and words. Every letter has a flow of
 * its own: pages count from 1 in each, and carry their number where there is more than one.
 */
#ifndef PDF_STATIONERY_H
#define PDF_STATIONERY_H

#include "pdf/documents/logos.h"
#include "pdf/documents/verify.h"

/* A line of what stands beside the address. */
struct stationery_line {
	const char *label, *value;
	const char *place; /* before the value, a date; NULL: none */
};

enum { STATIONERY_MAX_LINES = 7 };

struct letter_head {
	const cJSON *address; /* "address" of common.schema.json */
	struct stationery_line lines[STATIONERY_MAX_LINES];
	size_t n_lines;
	/* Beside the name, on the pages that follow; the number, which may be NULL, behind it. */
	const char *subject, *number;
	const struct verify *verify; /* above the lines; NULL: nothing */
	/* May be NULL: draws what every following page begins with, returns the y below it. */
	double (*begin)(void *context, struct page *page, double left, double y);
	void *context;
};

struct stationery {
	struct doc *doc;
	const cJSON *model;
	const char *lang;
	struct flow_frame frame;
	struct mirror page, text; /* for slots and blocks */
	double width;             /* of the text */
	double foot_height;       /* from the hairline above it to the edge of the paper */
	double foot_least_size;   /* of its type, in points */
	struct logos logo;        /* the first of the event, in place of the mark; or none */
	/* Of the letter in hand. */
	struct letter_head head;
	const char *about; /* what warnings are about that concern this letter alone */
	struct flow *flow;
	struct tag *sect, *head_sect;
};

/* INVALID: the logo is no picture. */
enum rc stationery_new(
	struct doc *d, const cJSON *model, struct stationery *out, struct err *err) NODISCARD;

/* The head is copied; sect is the letter's tag from then on. Text begins below the address. */
void stationery_begin(struct stationery *s, const struct letter_head *head);

/* Closes the last page, and gives the memory of the letter back. */
void stationery_finish(struct stationery *s);

/* One text of a block, in the document's language, mirrored if need be. */
struct block_text stationery_text(struct stationery *s, const struct text_style *style,
	const char *text, const struct block_text *where);

#endif

/*
 * Blocks of rows that flow over pages.
 *
 * A document builds blocks (text at places across a width, rules, tints behind them) and hands them
 * to a flow in reading order. The flow breaks pages between rows, never between rows that are
 * kept together, and drops white space at the top of a page. Each page is drawn once, when it is
 * full; what points forward (links, page numbers) is filled in when everything has its place.
 *
 * Lengths are points; x counts from the left edge of the text area. In a document that is written
 * from right to left, columns follow one another to the left and margins change sides; what stands
 * in a block is mirrored by whoever builds it (pdf/layout/mirror.h).
 */
#ifndef PDF_LAYOUT_H
#define PDF_LAYOUT_H

#include "pdf/layout/doc.h"

struct flow;
struct block;
struct place; /* a point of the document that others refer to; known once it is set */

/* ---- flow ---------------------------------------------------------------------------------- */

/* What a finished page shows around its text. */
struct flow_page {
	struct page *page;
	int number;  /* from 1 */
	double left; /* of the text area, which mirrored margins move */
	/* Running text in force at the first row and at the last; NULL: none so far. */
	const char *first, *last;
};

struct flow_frame {
	double width, height; /* of the page */
	/* Margins; from right to left, `left` is the one on the right, where lines begin. */
	double left, right, top, bottom;
	bool is_mirrored; /* left is the inner margin: on the other side of even pages */
	void *context;
	/* May be NULL: draws the head of a new page, returns the y at which its text begins. */
	double (*begin)(void *context, const struct flow_page *page, double top);
	/* Draws header and footer of a full page. */
	void (*end)(void *context, const struct flow_page *page);
	/*
	 * May be NULL: draws what takes the number of pages ("page 2 of 3"), on every page in turn
	 * when the last one is full. Until then all of them stay open, in memory.
	 */
	void (*total)(void *context, const struct flow_page *page, int n_pages);
};

struct flow *flow_new(struct doc *d, const struct flow_frame *frame);
/* The number of the first page, when others stand before it. */
void flow_count_from(struct flow *f, int number);

double flow_width(const struct flow *f); /* of the text area, or of a column of it */
double flow_room(const struct flow *f);  /* what is left of the open column; 0: no page is open */

/*
 * From here on the text runs through n columns, `gap` apart, which begin below all that stands; 1
 * ends them. x of a block counts from the left edge of its column.
 */
void flow_columns(struct flow *f, int n, double gap);

void flow_add(struct flow *f, struct block *b);
/* The columns of the last page come out equally long: for indexes. */
void flow_add_balanced(struct flow *f, struct block *b);
/* Where there is room: here, or else at the head of the next column, while the text goes on. */
void flow_float(struct flow *f, struct block *b);
/*
 * Places all that still floats; before doc_forget(), which would take it away, and before what it
 * must not pass.
 */
void flow_settle(struct flow *f);
bool flow_is_settled(const struct flow *f);

/* The next column or page, unless so much of this one is left. */
void flow_need(struct flow *f, double height);
void flow_new_page(struct flow *f);         /* nothing when the page is still empty */
int flow_page_number(const struct flow *f); /* of the open page; of the last one when none is */

/* Closes the last page, then sets links and page numbers. Every place linked to must be set. */
void flow_finish(struct flow *f);

struct place *place_new(struct arena *a);
int place_number(const struct place *p); /* of its page; 0: not set yet */

/*
 * A block is built from top to bottom: every call adds rows at its end, or something to rows that
 * are there. It is handed to flow_add() once.
 */

/* ---- blocks -------------------------------------------------------------------------------- */

struct block *block_new(struct doc *d);

/*
 * One row a line; no page ends behind the first line of several, nor before the last. link: NULL,
 * or where a click leads; the tag is then a Link.
 */
struct block_text {
	struct paragraph *paragraph;
	double x, width;
	double leading;
	double hang; /* all lines but the first stand so much further in: turnovers of a list */
	enum align align;
	struct tag *tag; /* NULL: artifact */
	struct place *link;
	const char *link_description;
	bool balance;     /* lines of equal width, for headings */
	bool keeps_words; /* lines end at blanks alone, unless a word is wider than the line */
};

void block_text(struct block *b, const struct block_text *text);

/*
 * The same beside rows that are there already, first line level with the first line of row `row`;
 * further rows are added when the text is longer.
 */
void block_beside(struct block *b, size_t row, const struct block_text *text);

/* The number of the page of `place` on the baseline of `row`. */
struct block_number {
	const struct place *place;
	const struct text_style *style;
	double x; /* where it ends, or begins if it stands left of the texts of its row */
	bool is_left;
	struct tag *tag;
	bool has_leader; /* dots between the texts of the row and the number */
};
void block_page_number(struct block *b, size_t row, const struct block_number *number);

size_t block_rows(const struct block *b); /* how many there are: the number of the next */
double block_height(const struct block *b);

void block_space(struct block *b, double height); /* vanishes at the top of a page */
void block_pad(struct block *b, double height);   /* does not */

/* A line across, `thickness` high, as a row of its own. */
void block_rule(struct block *b, double x, double width, double thickness, unsigned colour);

/* Colour behind the rows from `row` to the last there is now; split where a page ends. */
void block_tint(struct block *b, size_t row, double x, double width, unsigned colour);

/* A filled square on row `row` with one letter in it, which is read with the tag. */
struct block_chip {
	struct paragraph *letter;
	double x, side;
	unsigned colour;
	struct tag *tag;
};
void block_chip(struct block *b, size_t row, const struct block_chip *chip);

/* Anything else: drawn when row `row` has its place, whose top is then y; x is on the page too. */
struct block_figure {
	void (*draw)(void *context, struct page *page, double x, double y);
	void *context; /* kept */
	double x;
};
void block_figure(struct block *b, size_t row, const struct block_figure *figure);

/*
 * No page ends between the rows from `row` to the last there is now, nor (with_next) between that
 * one and the row that is added to the block after it.
 */
void block_keep(struct block *b, size_t row, bool with_next);

/* The row and n behind it stay together: a heading and the lines it heads. */
void block_hold(struct block *b, size_t row, size_t n);

/* The top of row `row`: where place leads to, a bookmark (level 0 outermost), the running text. */
void block_place(struct block *b, size_t row, struct place *place);
void block_bookmark(struct block *b, size_t row, int level, const char *title);
void block_running(struct block *b, size_t row, const char *text);

#endif

/*
 * Drawing on one page. Points, origin at the top left, y downwards; colours are 0xRRGGBB.
 *
 * Everything drawn belongs to a tag of the structure tree or, after page_mark(p, NULL), is an
 * artifact: decoration that screen readers pass over. A page may stay open while others are drawn,
 * so that what is only known later (the number of a page) can still be set on it.
 */
#ifndef PDF_PAGE_H
#define PDF_PAGE_H

#include "pdf/file/tag.h"

struct page;

/* The palette of the product on paper: web/static/symposiarch.css has the same names. */
enum colour {
	COLOUR_INK = 0x201a18,
	COLOUR_INK_2 = 0x544b45,
	COLOUR_WINE = 0x641d45,
	COLOUR_WINE_TINT = 0xf5e9ee,
	COLOUR_OCHRE = 0x8a5000,
	COLOUR_OCHRE_FILL = 0xe8ad3c,
	COLOUR_LINE = 0xdcd3c2,
	COLOUR_BAND = 0x4f1435,
	COLOUR_ON_BAND = 0xfbf3ea,
	COLOUR_ON_BAND_2 = 0xe0bccd,
	COLOUR_WHITE = 0xffffff,
	COLOUR_BLACK = 0x000000,
};

struct page *page_new(struct arena *a, struct core *c, double width, double height);
struct core_page *page_core(const struct page *p);
double page_width(const struct page *p);
double page_height(const struct page *p);

/* What is drawn from now on belongs to the tag; NULL: it is an artifact. */
void page_mark(struct page *p, struct tag *tag);
bool page_is_marked(const struct page *p, const struct tag *tag);

/*
 * A filled rectangle; rules are thin ones, which print sharper than strokes. It may reach beyond
 * the page: what bleeds over the edge is cut there, by the knife as well.
 */
void page_rect(struct page *p, double x, double y, double width, double height, unsigned colour);

/*
 * For callers that write operators themselves (text, symbols): the stream, the colour of filling,
 * and a y in the page's own space, which grows upwards.
 */
struct buf *page_operators(struct page *p);
void page_fill_colour(struct page *p, unsigned colour);
void page_number(struct page *p, double v); /* followed by a space */
double page_flip(const struct page *p, double y);

/* A link to a place on a page of this document; the tag is the Link it belongs to. */
void page_link(struct page *p, struct tag *tag, const double box[4], const struct core_page *to,
	double to_y, const char *description);

/*
 * Deflates and hands over the operators. Once, after the last drawing: a page that is never closed
 * is lost, and so is its memory.
 */
void page_close(struct page *p);

#endif

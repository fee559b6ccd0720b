/*
 * Drawing on one page. Points, origin at the top left, y downwards; colours are 0xRRGGBB.
 *
 * A page is what is designed; a sheet is what the printer takes. Mostly they are the same; a page
 * may also be a part of a sheet that holds several, turned or not: badges four to a sheet, a
 * booklet, a leaflet that is folded.
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

struct sheet;

struct sheet *sheet_new(struct arena *a, struct core *c, double width, double height);

/* Where a page lies on its sheet, after it was turned. */
struct panel {
	double x, y;          /* the top left corner of what it covers */
	double width, height; /* of the page itself, upright */
	int quarter_turns;    /* clockwise, 0 to 3 */
	double bleed;         /* how far over its edges may be drawn: what is beyond is cut off */
};

struct page *sheet_page(struct sheet *s, const struct panel *panel);

/* There will be no further page on it: it is written when the last one that is open is closed. */
void sheet_seal(struct sheet *s);

/* A page that is a sheet of its own. */
struct page *page_new(struct arena *a, struct core *c, double width, double height);

/* The sheet in the file, and a y of the page in its space, for what leads here. */
struct core_page *page_core(const struct page *p);
double page_core_y(const struct page *p, double y);
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

/* Fine dots from x to end_x along a baseline, in line with those above and below: an artifact. */
void page_leader(struct page *p, double x, double end_x, double baseline);

/* Turns what is drawn until page_unturn() around a point, counter-clockwise. */
void page_turn(struct page *p, double x, double y, double degrees);
void page_unturn(struct page *p);

/*
 * For callers that write operators themselves (symbols, pictures): the stream, outside of any text
 * object; the colour of filling; and a y in the page's own space, which grows upwards.
 */
struct buf *page_operators(struct page *p);

/*
 * The text object of the page, which stays open from line to line while nothing else is drawn: it
 * belongs to pdf/page/draw.c. Font and size hold beyond it.
 */
struct page_text {
	struct buf *operators;
	bool is_open;
	int font; /* -1: none yet */
	double size;
	bool is_bold_stroke;
	int64_t x, y; /* where the last line began, in the units of page_position() */
};
struct page_text *page_text(struct page *p);

/* Positions in text, in hundredths of a point: finer than any printer. */
enum { PAGE_POSITIONS = 100 };
void page_fill_colour(struct page *p, unsigned colour);
void page_number(struct page *p, double v); /* followed by a space */
double page_flip(const struct page *p, double y);

/* A link to a place on a page of this document; the tag is the Link it belongs to. */
void page_link(struct page *p, struct tag *tag, const double box[4], const struct core_page *to,
	double to_y, const char *description);
/* A link to the web. */
void page_link_uri(struct page *p, struct tag *tag, const double box[4], const char *uri,
	const char *description);

/*
 * Hands over the operators. Once, after the last drawing: a page that is never closed is lost, and
 * so is its memory, and its sheet.
 */
void page_close(struct page *p);

#endif

/*
 * A document in the making: everything that is made along with its pages and finished after them.
 */
#ifndef PDF_DOC_H
#define PDF_DOC_H

#include "pdf/layout/impose.h"
#include "pdf/page/draw.h"
#include "pdf/page/image.h"

/* All lengths in the program are points; documents think in millimetres. */
#define MM(millimetres) ((millimetres)*72.0 / 25.4)

/* How many pages were made, and how large the largest ones are. */
struct doc_extent {
	size_t n_pages;
	double width, height;
	bool is_imposed; /* several pages lie on a sheet */
};

struct doc_sheets;

/* A line of text that a flow has put in its place, for those who judge the layout. */
struct placed_line {
	int page, column;        /* from 1, from 0 */
	double x;                /* of its left end, on the page */
	double baseline;         /* below the top of the page */
	const struct tag *tag;   /* NULL: artifact */
	const struct line *line; /* until doc_forget() */
	size_t index, n_lines;   /* of the line in its text */
	bool is_justified;       /* its blanks were made to fill the width */
	double ratio; /* of what may be stretched; below 0 of what may be shrunk; may be infinite */
};

struct doc {
	struct arena *arena;
	const char *lang;
	struct doc_extent extent;  /* so far */
	struct doc_sheets *sheets; /* NULL: every page is a sheet of its own */
	struct core *core;
	struct tag_tree *tags;
	struct core *unwritten; /* of doc_unwritten(); NULL: not asked for yet */
	struct tag *unwritten_root;
	struct embed *fonts;
	struct images *images;
	struct typesetter *type;
	const char *about;           /* of doc_about() */
	const struct sink *audience; /* of doc_expect(); NULL: nobody */
	size_t n_expected, n_done;
	int percent; /* told last */
	/* NULL: nobody watches. */
	void (*trace)(void *context, const struct placed_line *line);
	void *trace_context;
};

/* Its title is still to be set (core_set_title). Free it whether or not it was saved. */
struct doc *doc_new(struct arena *a, const char *lang, struct print_warnings *warnings);
void doc_free(struct doc *d);

struct page *doc_page(struct doc *d, double width, double height);

/*
 * From now on pages lie on sheets, as the imposition says; before the first page. Its number of
 * pages is known from a trial.
 */
void doc_impose(struct doc *d, const struct imposition *imposition);

/* Its sheets are folded in the middle: left pages lie on the other side of the fold. */
bool doc_is_booklet(const struct doc *d);

/*
 * Draws into a document that is thrown away, warnings and all, to learn how many pages there will
 * be. Returns what draw() does.
 */
typedef enum rc (*doc_draw_fn)(struct doc *d, const void *context, struct err *err);
enum rc doc_trial(const char *lang, doc_draw_fn draw, const void *context,
	struct doc_extent *extent, struct err *err) NODISCARD;

/*
 * A tag for blocks that are made to be measured and not drawn: whatever hangs on it is left out of
 * the file.
 */
struct tag *doc_unwritten(struct doc *d);

/* The document's language is written from right to left. */
bool doc_is_rtl(const struct doc *d);

/*
 * What warnings are about from now on: "A12 Listening to the ward". NULL: the document, which is
 * how what all its pages share is drawn. Returns what they were about before.
 */
const char *doc_about(struct doc *d, const char *what);

/* Warns, about that, of a text that does not fit its place or is cut short, and quotes it. */
void doc_warn_long(struct doc *d, const struct paragraph *p);

/* Another fault of a text: "There is no room on the badge for: "she/her"". */
void doc_warn_text(struct doc *d, const char *fault, const struct paragraph *p);

/*
 * Gives back the memory of all paragraphs, lines and blocks made so far, which have been drawn.
 * Long documents call it after every part that stands for itself.
 */
void doc_forget(struct doc *d);

/* How often doc_forget() will be called, about: whoever waits is told how far the document is. */
void doc_expect(struct doc *d, size_t n_parts);

/* Writes the file; every page is closed, and nothing more is drawn. INTERNAL as core_save() says.
 */
enum rc doc_save(struct doc *d, const struct sink *sink, struct err *err) NODISCARD;

/* Of lines in their width, whatever the direction of the text; START is where it begins to read. */
enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_JUSTIFY, ALIGN_START };

/* Lines in a box, one below the other. */
struct text_box {
	double x, y, width; /* y: the top of the first line */
	double leading;     /* from baseline to baseline, at the factor */
	double factor;      /* of paragraph_fit(); 1: as styled */
	enum align align;
	struct tag *tag; /* NULL: artifact */
};

/*
 * Draws the lines and returns their height. A line whose ink is taller than the leading (stacked
 * marks) gets the room it needs.
 */
double doc_lines(struct doc *d, struct page *page, const struct lines *lines, double size,
	const struct text_box *box);

/* Room for a line of the given size: what is above the baseline, and the whole height. */
struct line_room {
	double baseline, height;
};
struct line_room line_room(const struct line *line, double size, double leading);

/* Where a line begins in a box, and how much it is stretched. */
struct draw_place line_place(const struct line *line, double x, double width, enum align align);

#endif

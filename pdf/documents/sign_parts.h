/*
 * What signs, lists and forms share: their words, people in one line, hours, type at a scale, boxes
 * to tick, and the line at the foot of a page.
 */
#ifndef PDF_SIGN_PARTS_H
#define PDF_SIGN_PARTS_H

#include "pdf/documents/documents.h"

#include "pdf/layout/mirror.h"

/* The word for a code: the model's own, in its member "words", or the English one. */
const char *sign_word(const cJSON *model, const char *code);

/* The direction of lines that are put together from names, as the language has it. */
enum paragraph_direction sign_direction(const cJSON *model);

/* The same style, larger or smaller; lives as long as the document. */
const struct text_style *sign_style(struct doc *d, const struct text_style *style, double scale);

/* "Lead: Name (affiliation), Name, presenting (affiliation)". */
struct people {
	const cJSON *list;
	const char *lead; /* before the first; NULL: nothing */
	const struct text_style *name;
	const struct text_style *presenting; /* of who presents, who is named so; NULL: as others */
	const struct text_style *quiet;      /* of all that is no name */
	const char *presenting_word;         /* NULL: the style alone says it */
	/*
	 * 0: all. Else so many from the first on, and whoever presents; then the list ends with how
	 * many are left out: "and 12 more".
	 */
	size_t most;
	const char *and_word, *more_word;
	enum paragraph_direction direction;
	struct tag *tag; /* names in other languages become Spans in it */
};
struct paragraph *sign_people(struct doc *d, const struct people *people);
size_t sign_people_left_out(const struct people *people);

/* A square box at x, its middle at the middle of the capitals of `row`. */
struct tick_box {
	double x, side;
	const struct text_style *style; /* of the letter; its size is that of the row's text */
	const char *letter;             /* in the box, for scales; "": empty */
	struct tag *tag;                /* of the letter */
};
void sign_tick_box(struct doc *d, struct block *b, size_t row, const struct tick_box *box);

/* One line of a header or footer, mirrored if need be, and shortened if need be. */
struct edge_line {
	const struct text_style *style;
	double x, y, width;
	enum align align;
	struct tag *tag; /* NULL: artifact */
};
void sign_edge(struct doc *d, struct page *page, const struct edge_line *line, const char *text);

/* "Page 2 of 3". */
const char *sign_page_of(struct arena *a, const cJSON *model, int number, int n_pages);

/*
 * Which of the things printed stands at place `place` of sheet `sheet`, all counted from 0: one
 * after the other when a sheet takes `a_sheet` of them. 0: through the stack, so that the piles of
 * a cut stack follow each other.
 */
int sign_on_sheet(int sheet, int place, int n_sheets, int a_sheet);

/* Adds a field error when the member "qr", which may be absent, is too long to be scanned. */
void sign_check_qr(const cJSON *object, const char *field, struct err *err);

/* Draws a QR code that was checked: its symbol at x, y, its white margin around that. */
struct qr_place {
	double x, y, side;
	struct tag *parent; /* of a Figure; NULL: artifact */
};
void sign_qr(struct doc *d, struct page *page, const struct qr_place *place, const char *text);

#endif

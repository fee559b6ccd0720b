/*
 * From text to shaped pieces: normal form, direction, script, face, places where a line may end.
 *
 * The faces of a piece are tried in the order of font_chain(), and one that draws the whole piece
 * is preferred to one a letter: a name never changes its face in mid-word where that can be helped.
 * A letter that no face draws is set as the first face's empty box, and a warning says so.
 *
 * A piece is the largest run that shares all of these, and never crosses a place where a line may
 * end; blanks are pieces of their own. Pieces are independent of the width they will be set in
 * (pdf/text/wrap.h) and, but for a factor, of the size.
 */
#ifndef PDF_PARAGRAPH_H
#define PDF_PARAGRAPH_H

#include "pdf/text/shape.h"
#include "pdf/text/warning.h"

struct tag; /* pdf/file/tag.h */

struct text_style {
	enum font_family family;
	bool bold, italic;
	bool tabular; /* figures of equal width */
	double size;  /* points */
	double rise;  /* points above the baseline: numbers of notes */
	unsigned colour;
};

/* A stretch of text in one style and language; a paragraph is a row of them. */
struct text_span {
	const struct text_style *style; /* kept */
	const char *text;               /* UTF-8; \n ends a line; bidi controls are taken out */
	const char *lang;               /* BCP 47; NULL: the document's */
	bool isolate;                   /* a name in a sentence: its direction does not leak */
	struct tag *tag;                /* NULL: the paragraph's */
};

enum break_kind {
	BREAK_NEVER,
	BREAK_NAME, /* behind initials: where a name stands alone (WRAP_BLANKS), else never */
	BREAK_MAY,
	BREAK_MUST,
};

struct piece {
	struct shape *shape;
	const struct text_style *style;
	struct tag *tag;
	double width; /* points at the style's size */
	bool embolden;
	bool is_blank;
	unsigned char level; /* of the bidirectional algorithm; odd: right to left */
	enum break_kind after;
};

struct paragraph {
	struct piece *pieces; /* in reading order */
	size_t n_pieces;
	bool is_mixed; /* some level is not 0 */
	bool is_rtl;   /* of the paragraph itself */
	double size;   /* the largest of its styles */
};

enum paragraph_direction {
	DIRECTION_LTR,
	DIRECTION_RTL,
	DIRECTION_AUTO, /* by the first strong character, else left to right */
};

struct typesetter;

/*
 * What it takes to set text in one document: ICU's analysers, opened once because that is dear, and
 * the shapes of words. NULL lang is not allowed.
 */
struct typesetter *typesetter_new(
	struct arena *a, const char *lang, struct print_warnings *warnings);
void typesetter_free(struct typesetter *t);

/* What warnings are about from now on, such as the code and the title of an abstract; kept. NULL:
 * nothing in particular. */
void typesetter_about(struct typesetter *t, const char *what);

/*
 * Adds a warning about that, or about `text` when nothing was said. code_point 0: it is about no
 * character.
 */
void typesetter_warn(
	struct typesetter *t, const char *text, uint32_t code_point, const char *message);

/* Where paragraphs and lines are made: they last until typesetter_forget(). */
struct arena *typesetter_arena(const struct typesetter *t);

/*
 * Gives back the memory of every paragraph and every line so far: all of them have been drawn. The
 * shapes of words stay while they are not too many.
 */
void typesetter_forget(struct typesetter *t);

struct paragraph *paragraph_new(struct typesetter *t, const struct text_span *spans, size_t n,
	enum paragraph_direction direction);

/* The paragraph of one span with the document's language, direction by its first letter. */
struct paragraph *paragraph_of(
	struct typesetter *t, const struct text_style *style, const char *text, const char *lang);

/* The piece of a part of another one's text, shaped anew: for words that must be cut. */
struct piece piece_part(struct typesetter *t, const struct piece *whole, int start, int end);

/* Finds the places for a hyphen in the piece's shape; says how wide the hyphen is, in points. */
double typesetter_hyphenate(struct typesetter *t, const struct piece *p);

/* The same with a hyphen behind it, which is drawn but read as a soft one: words stay whole. */
struct piece piece_hyphenated(struct typesetter *t, const struct piece *whole, int start, int end);

#endif

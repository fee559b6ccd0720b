/*
 * Lines. A line ends at the last place that fits; a word wider than the line is cut between letters
 * (and said so), so that nothing is ever lost at an edge.
 *
 * This is the only place that decides where lines end: a better rule for long paragraphs needs
 * nothing but the widths of the pieces and where a line may end behind them, and answers with the
 * same struct lines.
 */
#ifndef PDF_WRAP_H
#define PDF_WRAP_H

#include "pdf/text/paragraph.h"

/* One line, ready to be drawn at any place (pdf/page/draw.h). */
struct line {
	const struct piece *pieces; /* in visual order, left to right; no blanks at its end */
	size_t n_pieces;
	const struct piece *blank;  /* the one at its end: not seen, but read; NULL: none */
	double width;               /* points, unstretched */
	double ink_top, ink_bottom; /* above the baseline, and below it (negative) */
	int n_blanks;               /* how many pieces may be stretched */
	bool is_last;               /* of the paragraph, or before a forced end */
	bool is_rtl;                /* the blank is on the left */
};

struct lines {
	struct line *lines;
	size_t n_lines;
	double width; /* of the widest */
	bool has_cut_word;
};

enum wrap_at {
	WRAP_ANY,    /* wherever the script allows */
	WRAP_BLANKS, /* at blanks alone: a name's hyphen stays inside its line */
};

/* Greedy: every line takes what it can. A paragraph without pieces has no lines. */
struct lines paragraph_wrap(
	struct typesetter *t, const struct paragraph *p, double width, enum wrap_at at);

/*
 * As many lines as paragraph_wrap() makes, but of as equal a width as can be: for names, titles
 * and other lines that are not read as a column.
 */
struct lines paragraph_balance(
	struct typesetter *t, const struct paragraph *p, double width, enum wrap_at at);

struct fit_box {
	double width, height;
	double leading; /* of a line, in its size */
	double least;   /* the smallest factor allowed */
	enum wrap_at at;
};

/*
 * The largest factor between `least` and 1 at which the paragraph fits the box with no word cut.
 * WRAP_BLANKS gives way where the type would be smaller by a quarter for it. At `least` words may
 * be cut, and the lines may be too many for the box. *lines are those at the factor, in the
 * paragraph's own size: a width of 100 is drawn as 100 times the factor.
 */
double paragraph_fit(struct typesetter *t, const struct paragraph *p, const struct fit_box *box,
	struct lines *lines);

#endif

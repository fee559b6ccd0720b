/*
 * Lines. A line ends at the last place that fits; a word wider than the line is cut between letters
 * (and said so), so that nothing is ever lost at an edge.
 */
#ifndef PDF_WRAP_H
#define PDF_WRAP_H

#include "pdf/paragraph.h"

struct line {
	const struct piece *pieces; /* in visual order, left to right; no blanks at its end */
	size_t n_pieces;
	double width;               /* points, unstretched */
	double ink_top, ink_bottom; /* above the baseline, and below it (negative) */
	int n_blanks;               /* how many pieces may be stretched */
	bool is_last;               /* of the paragraph, or before a forced end */
};

struct lines {
	struct line *lines;
	size_t n_lines;
	double width; /* of the widest */
	bool has_cut_word;
};

struct lines paragraph_wrap(struct typesetter *t, const struct paragraph *p, double width);

/*
 * As many lines as paragraph_wrap() makes, but of as equal a width as can be: for names, titles
 * and other lines that are not read as a column.
 */
struct lines paragraph_balance(struct typesetter *t, const struct paragraph *p, double width);

/*
 * The largest factor between `least` and 1 at which the paragraph fits a box: all its lines, each
 * `leading` times its size high, no word cut. At `least` words may be cut, and the lines may be
 * too many for the box. *lines are those at the factor, in the paragraph's own size: a width of
 * 100 is drawn as 100 times the factor.
 */
double paragraph_fit(struct typesetter *t, const struct paragraph *p, double width, double height,
	double leading, double least, struct lines *lines);

#endif

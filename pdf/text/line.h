/* One line of shaped text, and what may be stretched in it. */
#ifndef PDF_LINE_H
#define PDF_LINE_H

#include "pdf/text/paragraph.h"

/* One line, ready to be drawn at any place (pdf/page/draw.h). */
struct line {
	const struct piece *pieces; /* in visual order, left to right; no blanks at its end */
	size_t n_pieces;
	const struct piece *blank;  /* the one at its end: not seen, but read; NULL: none */
	double width;               /* points, unstretched */
	double stretch, shrink;     /* points it gains at a ratio of 1, and loses at -1 */
	double ink_top, ink_bottom; /* above the baseline, and below it (negative) */
	bool is_last;               /* of the paragraph, or before a forced end */
	bool is_rtl;                /* the blank is on the left */
	bool is_ragged;             /* set with an uneven edge: nothing to stretch, or too little */
	bool is_hyphenated;
	bool is_forced; /* no way to set its paragraph keeps all lines from being too loose */
};

struct lines {
	struct line *lines;
	size_t n_lines;
	double width; /* of the widest */
	bool has_cut_word;
};

/* The line of n pieces in reading order; of the paragraph, its direction is used. */
struct line line_new(struct arena *a, const struct paragraph *p, const struct piece *pieces,
	size_t n, bool is_last);

/*
 * How much a piece may grow or give way in a justified line: blanks half and a third of their width
 * (TeX's interword glue), the gaps between Chinese, Japanese and Korean letters, where a line might
 * end, a little of their size.
 */
double piece_stretch(const struct piece *p);
double piece_shrink(const struct piece *p);

#endif

/*
 * Where lines end. A word wider than the line is cut between letters (and said so), so that nothing
 * is ever lost at an edge.
 */
#ifndef PDF_WRAP_H
#define PDF_WRAP_H

#include "pdf/text/line.h"

enum wrap_at {
	WRAP_ANY,    /* wherever the script allows */
	WRAP_BLANKS, /* at blanks alone, as names: their hyphens stay inside of a line */
};

static inline bool wrap_may_end(const struct piece *p, enum wrap_at at)
{
	if (at == WRAP_BLANKS && !p->is_blank)
		return p->after == BREAK_MUST;
	return p->after >= (at == WRAP_BLANKS ? BREAK_NAME : BREAK_MAY);
}

/*
 * Greedy: every line takes what it can. A paragraph without pieces has no lines. With WRAP_BLANKS,
 * which names are set with, a word that must be cut is parted into even parts, by syllables where
 * they are known, with a hyphen in the scripts that have one.
 */
struct lines paragraph_wrap(
	struct typesetter *t, const struct paragraph *p, double width, enum wrap_at at);

/*
 * For running text with an uneven edge: greedy too, but a last line of one short word takes another
 * one from the line above, where that stays full enough.
 */
struct lines paragraph_ragged(struct typesetter *t, const struct paragraph *p, double width);

/*
 * For running text with even edges: the lines of the whole paragraph are chosen together (Knuth and
 * Plass, Breaking Paragraphs into Lines, 1981), and words are divided where that serves. Scripts
 * that have neither blanks nor gaps to stretch (Thai, Lao, Khmer, Burmese) are set ragged.
 */
struct lines paragraph_justify(struct typesetter *t, const struct paragraph *p, double width);

/*
 * The pieces of the paragraph, with every word that is wider than the line cut between letters;
 * true when there was one.
 */
bool paragraph_pieces(struct typesetter *t, const struct paragraph *p, double width,
	const struct piece **pieces, size_t *n);

/*
 * As many lines as paragraph_wrap() makes, but of as equal a width as can be: for names, titles
 * and other lines that are not read as a column. Where it costs little, lines end where the sense
 * pauses, none at a hyphen, and (names apart, WRAP_BLANKS) the last one has more than one word.
 * Text too long to be any of these is wrapped.
 */
struct lines paragraph_balance(
	struct typesetter *t, const struct paragraph *p, double width, enum wrap_at at);

struct fit_box {
	double width, height;
	double leading; /* of a line, in its size */
	double least;   /* the smallest factor allowed */
	int max_lines;  /* 0: as many as the height takes */
	enum wrap_at at;
};

/*
 * The largest factor between `least` and 1 at which the paragraph fits the box with no word cut.
 * WRAP_BLANKS gives way where the type would be smaller by a quarter for it, and between words
 * that are written without blanks where it would be half as large: a given name stays whole as long
 * as there is a blank behind it. At `least` words may be cut, and the lines may be too many for the
 * box. *lines are those at the factor, in the paragraph's own size: a width of 100 is drawn as 100
 * times the factor.
 */
double paragraph_fit(struct typesetter *t, const struct paragraph *p, const struct fit_box *box,
	struct lines *lines);

#endif

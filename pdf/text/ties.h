/*
 * What no line parts although UAX 14 would: figures and their units, the ends of a range, a
 * reference and its figure, initials and the name, a sign of calculation and what it relates,
 * quotation marks that stand off, and a word and the dash behind it. The blanks between them are
 * stretched like all others. A name in a place of its own, such as a badge, is parted behind its
 * initials all the same (BREAK_NAME), for its type would be smaller otherwise.
 *
 * The rules are those of the SI brochure (5.4.3: a space that no line parts between the figure and
 * the unit; 5.4.4: groups of three digits), of the Chicago Manual of Style (7.42 to 7.44: initials,
 * figures and units), of Duden (abbreviations, paragraphs, figures) and of the Imprimerie nationale
 * (guillemets), and are the same in all languages. A tie too many costs a little white space, one
 * too few is a fault; so a word that may be a unit is taken for one.
 */
#ifndef PDF_TIES_H
#define PDF_TIES_H

#include "pdf/text/itemise.h"

/*
 * Of a row of ties that is longer than this the weakest gives way, until what is left is not: lines
 * of a narrow column must be able to end somewhere. In code units; formulas never give way.
 */
enum { TIES_MAX_LENGTH = 24 };

/* Those since the last place where a line may end. */
struct ties {
	struct items *it;
	int start; /* of the text that no line parts */
	int n;
	struct tie {
		int at, strength;
	} ties[TIES_MAX_LENGTH + 2];
};

void ties_begin(struct ties *t, struct items *it);

/*
 * Behind code unit i a line may or must end, as units[i].after says, or the text ends: takes that
 * back where the rules forbid it. To be told of all such places, in order.
 */
void ties_try(struct ties *t, int i);

#endif

/* The hues of themes and roles, the same as on the pages: never without a letter or a word. */
#ifndef PDF_HUES_H
#define PDF_HUES_H

enum { N_HUES = 7 };

/* By number, from 1; 0 and everything else: a quiet line. White on each reads well (6.5 and more).
 */
unsigned hue_colour(int number);

#endif

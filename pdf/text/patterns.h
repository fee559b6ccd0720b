/*
 * Liang's patterns of hyphenation (Word Hy-phen-a-tion by Com-put-er, 1983), from files in the form
 * of libhyphen: the character set in the first line, then a pattern a line, such as ".ab3ol".
 *
 * Our own reader, because libhyphen takes 3.8 seconds of CPU to read the German file and half a
 * second for the Hungarian one; this one takes hundredths. Compounds and parts (NEXTLEVEL) are one
 * set here. A pattern that would change the spelling forbids its hyphen instead.
 */
#ifndef PDF_PATTERNS_H
#define PDF_PATTERNS_H

#include "base/arena.h"

#include <stdbool.h>
#include <unicode/uchar.h>

struct patterns;

/* NULL when there is no such file, or it cannot be read. Kept for the life of the process. */
struct patterns *patterns_read(const char *path);

/*
 * marks[i] is the highest value that stands behind letter i of the word; odd ones are places for a
 * hyphen. The letters are lower case.
 */
void patterns_mark(const struct patterns *p, const UChar *letters, int n, unsigned char marks[]);

#endif

/*
 * Dates in words. Models carry dates as "2027-09-08" and nothing else, so that a weekday can never
 * stand beside the wrong date. Gregorian calendar, by ICU, without time zones.
 */
#ifndef PDF_DATE_H
#define PDF_DATE_H

#include "base/arena.h"

/* "Wednesday 8 September 2027". */
const char *date_long(struct arena *a, const char *lang, const char *on);
/* The same with the weekday on a line of its own where it comes last, so that it is not broken. */
const char *date_in_lines(struct arena *a, const char *lang, const char *on);
/* "8–10 September 2027", or one date when both are the same. */
const char *date_span(struct arena *a, const char *lang, const char *from_on, const char *to_on);

#endif

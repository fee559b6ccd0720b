/*
 * Sums of money in words and figures of a language, by ICU. Amounts are whole minor units and never
 * become fractions: figures are made from their digits.
 */
#ifndef PDF_MONEY_H
#define PDF_MONEY_H

#include "base/arena.h"

struct money; /* a currency in a language; dear to make, so once a document */

/* currency: ISO 4217, "EUR". exponent: digits of the minor unit, or MONEY_ISO for the usual ones.
 */
enum { MONEY_ISO = -1 };
struct money *money_new(struct arena *a, const char *lang, const char *currency, int exponent);
void money_free(struct money *m);

int money_exponent(const struct money *m);

/* "€1,234.50", "−1.234,50 €". */
const char *money_text(const struct money *m, int64_t minor_units);
/* "1,234.50": for columns whose heading names the currency. */
const char *money_figure(const struct money *m, int64_t minor_units);
/* Hundredths of a percent: 750 is "7.5%". */
const char *money_rate(const struct money *m, int64_t rate);
const char *money_count(const struct money *m, int64_t n);

/* "1234.50", as programs write it. */
const char *money_decimal(struct arena *a, int64_t minor_units, int exponent);

#endif

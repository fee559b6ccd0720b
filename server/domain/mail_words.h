/*
 * Instants and amounts as a mail says them. A mail's values are frozen as text in the transaction
 * that causes it, where no page's reader and language are known: so plain English, the zone written
 * out, the weekday computed.
 */
#ifndef DOMAIN_MAIL_WORDS_H
#define DOMAIN_MAIL_WORDS_H

#include "base/zone.h"

/* "Thursday 9 September 2027, 14:00 (Europe/London)". */
const char *mail_words_moment(struct arena *a, int64_t at_ms, const struct zone *zone);
/* "GBP 320.00", for currencies of two decimals, as the forms take them. */
const char *mail_words_money(struct arena *a, int64_t minor, const char *currency);

#endif

/* The k highest of a stream of values; of equal ones those that came first. */
#ifndef OPTIMISE_SHORTLIST_H
#define OPTIMISE_SHORTLIST_H

#include <stdint.h>

struct shortlist_item {
	int64_t value;
	uint32_t index; /* what the value is of */
};

/* A heap, the lowest first. The caller brings the memory for max > 0 items. */
struct shortlist {
	struct shortlist_item *items;
	uint32_t n, max;
};

void shortlist_take(struct shortlist *s, int64_t value, uint32_t index);

static inline void shortlist_offer(struct shortlist *s, int64_t value, uint32_t index)
{
	if (s->n < s->max || value > s->items[0].value)
		shortlist_take(s, value, index);
}

#endif

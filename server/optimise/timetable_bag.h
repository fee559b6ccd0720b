/* Some of the numbers 0..n-1, from which one may draw: adding and removing take no time. */
#ifndef OPTIMISE_TIMETABLE_BAG_H
#define OPTIMISE_TIMETABLE_BAG_H

#include <stdint.h>

struct timetable_bag {
	uint32_t *items, *at; /* at[item]: where it is in items, or UINT32_MAX */
	uint32_t n;
};

static inline void timetable_bag_add(struct timetable_bag *b, uint32_t item)
{
	b->at[item] = b->n;
	b->items[b->n++] = item;
}

static inline void timetable_bag_remove(struct timetable_bag *b, uint32_t item)
{
	uint32_t at = b->at[item], last = b->items[--b->n];

	b->items[at] = last;
	b->at[last] = at;
	b->at[item] = UINT32_MAX;
}

#endif

/* A large conference: ten thousand attendees, a hundred offerings, for tests and measuring. */
#ifndef TESTS_ALLOCATE_CONFERENCE_H
#define TESTS_ALLOCATE_CONFERENCE_H

#include "optimise/allocate.h"
#include "optimise/rng.h"

enum {
	CONFERENCE_N_ATTENDEES = 10000,
	CONFERENCE_N_OFFERINGS = 100,
	CONFERENCE_N_CLASSES = 66,
	CONFERENCE_N_SLOTS = 6,
};

/* A class by popularity: those of low numbers are wished for three times as often. */
static inline uint32_t conference_class(struct rng *lots)
{
	uint32_t c = rng_below(lots, CONFERENCE_N_CLASSES), other = rng_below(lots, CONFERENCE_N_CLASSES);

	return rng_below(lots, 2) && other < c ? other : c;
}

static inline void conference_wishes(struct arena *a, struct rng *lots, struct allocate_attendee *who)
{
	uint32_t *wishes = ARENA_ARRAY(a, 8, uint32_t), n = 3 + rng_below(lots, 6);

	while (who->n_wishes < n) {
		uint32_t c = conference_class(lots), k = 0;
		while (k < who->n_wishes && wishes[k] != c)
			k++;
		if (k == who->n_wishes)
			wishes[who->n_wishes++] = c;
	}
	who->wishes = wishes;
	who->want = 3;
	for (uint32_t k = rng_below(lots, 3); k > 0; k--)
		who->busy |= (uint64_t)1 << rng_below(lots, CONFERENCE_N_SLOTS);
}

/* Every class once, the first 34 twice; fewer seats than half of what is wanted. */
static inline struct allocate_problem conference_make(struct arena *a)
{
	static const uint32_t capacities[] = {60, 75, 90, 120, 180, 240};
	struct allocate_problem p = {.n_attendees = CONFERENCE_N_ATTENDEES,
		.n_offerings = CONFERENCE_N_OFFERINGS,
		.n_classes = CONFERENCE_N_CLASSES,
		.n_slots = CONFERENCE_N_SLOTS,
		.attendees = ARENA_ARRAY(a, CONFERENCE_N_ATTENDEES, struct allocate_attendee),
		.offerings = ARENA_ARRAY(a, CONFERENCE_N_OFFERINGS, struct allocate_offering)};
	struct rng lots;

	rng_seed(&lots, 11);
	for (uint32_t o = 0; o < CONFERENCE_N_OFFERINGS; o++)
		p.offerings[o] = (struct allocate_offering){
			o % CONFERENCE_N_CLASSES, rng_below(&lots, CONFERENCE_N_SLOTS), capacities[rng_below(&lots, 6)]};
	for (uint32_t i = 0; i < CONFERENCE_N_ATTENDEES; i++)
		conference_wishes(a, &lots, &p.attendees[i]);
	return p;
}

#endif

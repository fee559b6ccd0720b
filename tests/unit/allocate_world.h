/* Small random problems of allocation, and the answer by trying everything. */
#ifndef TESTS_ALLOCATE_WORLD_H
#define TESTS_ALLOCATE_WORLD_H

#include "optimise/allocate.h"
#include "optimise/rng.h"

struct world_shape {
	uint32_t n_attendees, n_offerings, n_classes, n_slots, max_want, max_wishes, max_capacity;
	uint32_t n_priorities;
};

static inline struct allocate_problem world_make(
	struct arena *a, const struct world_shape *shape, uint64_t seed)
{
	struct allocate_problem p = {.n_attendees = shape->n_attendees,
		.n_offerings = shape->n_offerings,
		.n_slots = shape->n_slots,
		.n_classes = shape->n_classes,
		.offerings = ARENA_ARRAY(a, shape->n_offerings, struct allocate_offering),
		.attendees = ARENA_ARRAY(a, shape->n_attendees, struct allocate_attendee)};
	uint32_t *classes = ARENA_ARRAY(a, p.n_classes, uint32_t);
	struct rng lots;

	rng_seed(&lots, seed);
	for (uint32_t c = 0; c < p.n_classes; c++)
		classes[c] = c;
	for (uint32_t o = 0; o < p.n_offerings; o++)
		p.offerings[o] = (struct allocate_offering){rng_below(&lots, p.n_classes),
			rng_below(&lots, p.n_slots), rng_below(&lots, shape->max_capacity + 1)};
	for (uint32_t i = 0; i < p.n_attendees; i++) {
		uint32_t n = 1 + rng_below(&lots, shape->max_wishes);
		uint32_t *wishes = ARENA_ARRAY(a, n, uint32_t);
		rng_shuffle(&lots, classes, p.n_classes);
		for (uint32_t k = 0; k < n; k++)
			wishes[k] = classes[k];
		p.attendees[i] = (struct allocate_attendee){.wishes = wishes,
			.n_wishes = n,
			.want = rng_below(&lots, shape->max_want + 1),
			.priority = shape->n_priorities ? rng_below(&lots, shape->n_priorities) : 0,
			.busy = rng_below(&lots, 3) ? 0
						    : (uint64_t)1 << rng_below(&lots, p.n_slots)};
	}
	return p;
}

static inline uint32_t world_rank(const struct allocate_problem *p, uint32_t i, uint32_t offering)
{
	for (uint32_t k = 0; k < p->attendees[i].n_wishes; k++)
		if (p->attendees[i].wishes[k] == p->offerings[offering].class_id)
			return k;
	return ALLOCATE_NONE;
}

/* Of a set of offerings (bits) for an attendee; -1 when it breaks a rule of theirs. */
static inline int64_t world_worth(const struct allocate_problem *p, uint32_t i, uint32_t set)
{
	static const int64_t bonus[] = {10000, 1000, 100};
	uint64_t slots = p->attendees[i].busy;
	uint32_t n = 0;
	int64_t sum = 0;

	for (uint32_t o = 0; o < p->n_offerings; o++) {
		if (!(set >> o & 1))
			continue;
		uint32_t rank = world_rank(p, i, o);
		if (rank == ALLOCATE_NONE || n == p->attendees[i].want ||
			slots >> p->offerings[o].slot & 1)
			return -1;
		for (uint32_t q = 0; q < o; q++)
			if (set >> q & 1 && p->offerings[q].class_id == p->offerings[o].class_id)
				return -1;
		slots |= (uint64_t)1 << p->offerings[o].slot;
		sum += (n < 3 ? bonus[n] : 0) + 8 - (int64_t)rank;
		n++;
	}
	return sum;
}

/* The classes of a set as bits. */
static inline uint64_t world_classes(const struct allocate_problem *p, uint32_t set)
{
	uint64_t bits = 0;

	for (uint32_t o = 0; o < p->n_offerings; o++)
		if (set >> o & 1)
			bits |= (uint64_t)1 << p->offerings[o].class_id;
	return bits;
}

/*
 * The highest value of the attendees of one priority by trying everything: those before keep the
 * classes of kept [attendee], those behind have nothing.
 */
static inline int64_t world_best(const struct allocate_problem *p, uint32_t i, uint32_t *left,
	uint32_t priority, const uint64_t *kept)
{
	int64_t best = INT64_MIN;

	if (i == p->n_attendees)
		return 0;
	for (uint32_t set = 0; set < (uint32_t)1 << p->n_offerings; set++) {
		int64_t worth = world_worth(p, i, set);
		bool fits = worth >= 0 || !set;
		if (p->attendees[i].priority > priority && set)
			break;
		if (p->attendees[i].priority < priority) {
			fits = fits && world_classes(p, set) == kept[i];
			worth = 0;
		}
		for (uint32_t o = 0; o < p->n_offerings && fits; o++)
			fits = !(set >> o & 1) || left[o];
		if (!fits)
			continue;
		for (uint32_t o = 0; o < p->n_offerings; o++)
			left[o] -= set >> o & 1;
		int64_t rest = world_best(p, i + 1, left, priority, kept);
		for (uint32_t o = 0; o < p->n_offerings; o++)
			left[o] += set >> o & 1;
		if (rest != INT64_MIN && rest + worth > best)
			best = rest + worth;
	}
	return best;
}

#endif

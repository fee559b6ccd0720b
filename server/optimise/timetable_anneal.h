/*
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over the moves, one cooling at a time,
 * within a budget of work that is counted, not timed: the same seed and budget do the same steps.
 */
#ifndef OPTIMISE_TIMETABLE_ANNEAL_H
#define OPTIMISE_TIMETABLE_ANNEAL_H

#include "optimise/timetable_moves.h"

/* How good a state is, the first that differs deciding: lower is better. */
struct timetable_score {
	int64_t n_gaps, n_breaches, value; /* breaches 0 where they are not forbidden */
};

struct timetable_search {
	struct arena *arena;
	const struct timetable_tables *t;
	struct timetable_state *s;
	struct timetable_mover mover;
	struct rng rng;
	struct effort *effort;
	int64_t full_price;       /* a breach for which nothing makes up; a gap is dearer */
	double least_temperature; /* at which only the cheapest difference is sometimes accepted */
	/* work, in units of timetable_state.work */
	uint64_t planned; /* of the whole search */
	uint64_t budget;  /* what of it will be possible, when the clock runs ahead */
	double start_s;   /* of the effort, when the search began */
	bool is_late, is_over;
	/* the best of all */
	struct timetable_score best;
	struct timetable_place *places;
	int64_t bound;
};

struct timetable_cooling {
	double temperature; /* to begin with */
	bool is_relaxed;    /* gaps and breaches are cheap at first */
	bool is_packing;    /* nothing but gaps counts, 1 each */
	double share;       /* of the budget */
};

/*
 * Cools the state as it is. Keeps the best of all in the search, and returns the best since this
 * cooling began.
 */
struct timetable_score timetable_anneal(
	struct timetable_search *search, const struct timetable_cooling *cooling);

/* Keeps the state if it is better than the best. */
void timetable_search_note(struct timetable_search *search);

bool timetable_is_better(const struct timetable_score *one, const struct timetable_score *other);

#endif

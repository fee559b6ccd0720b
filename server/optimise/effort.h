/*
 * How long a solver may work, what it draws its lots from, and whom it tells how far it is.
 *
 * The same seed gives the same result: a search is laid out in steps, and the clock only ends it
 * early. A solver whose clock intervened says so (is_cut), for that result cannot be repeated.
 */
#ifndef OPTIMISE_EFFORT_H
#define OPTIMISE_EFFORT_H

#include <stdbool.h>
#include <stdint.h>

struct effort_state {
	double done;       /* 0..1 */
	const char *doing; /* a few words: "annealing", "pricing" */
	double value;      /* of the best solution so far, in the objective's own units; NAN: none yet */
	double bound;      /* NAN: none yet */
};

struct effort {
	double seconds; /* wall clock; 0: until it is done */
	uint64_t seed;
	/* Called a few times a second at most; false: stop now and give the best so far. May be NULL. */
	bool (*tell)(void *arg, const struct effort_state *state);
	void *arg;
	/* kept by the functions below */
	int64_t started_ms, told_ms;
	bool is_cut; /* the clock or the caller ended it */
};

/* The clock starts. */
void effort_begin(struct effort *e);
/* May it go on? Tells; cheap enough for every thousandth step, not for each. Once false, it stays so. */
bool effort_go_on(struct effort *e, const struct effort_state *state);
double effort_elapsed_s(const struct effort *e);

#endif

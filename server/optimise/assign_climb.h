/*
 * Making an assignment fairer by exchanges alone: the papers served worst are raised, while those
 * that give for it stay above them. Within the solvers.
 */
#ifndef OPTIMISE_ASSIGN_CLIMB_H
#define OPTIMISE_ASSIGN_CLIMB_H

#include "optimise/assign_exchange.h"
#include "optimise/effort.h"
#include "optimise/rng.h"

/* Raises the lowest paper, at most so many times and at most to `goal`. Returns where it stands. */
int64_t climb_lowest(struct exchange *e, int64_t goal, uint32_t most, struct effort *effort);

/*
 * The same in larger steps: all that are below the goal are brought nearer to it at once, at the
 * cost of any others. True: all have reached it; else some may be lower than before.
 */
bool climb_towards(struct exchange *e, int64_t goal, struct effort *effort);

/*
 * Then the next lowest, and so on: what cannot be raised any more keeps its level, until all have
 * been seen. False: the effort ended it before.
 */
bool climb_all(struct exchange *e, struct effort *effort);

/* From where climb_all ended: disturbs it and climbs again, and keeps what is fairer or as fair. */
void climb_again(struct exchange *e, uint32_t n_kicks, struct rng *rng, struct effort *effort);

/* Raises the total by exchanges that let no paper fall below the level. */
void climb_total(struct exchange *e, int64_t level, struct effort *effort);

/* Of two assignments the leximin order: is a fairer than b? Both [n], in any order; both get
 * sorted. */
bool is_fairer(int64_t *a, int64_t *b, uint32_t n);

#endif

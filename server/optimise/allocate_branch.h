/* One priority group of the exact allocation: the linear program, whole bundles, and the proof. */
#ifndef OPTIMISE_ALLOCATE_BRANCH_H
#define OPTIMISE_ALLOCATE_BRANCH_H

#include "optimise/allocate_bundle.h"

/* The gain of an option that an attendee of an earlier group keeps; more than any seat is worth. */
enum { BRANCH_KEPT = 1000000 };

struct branch_stage {
	const struct allocate_problem *problem;
	struct bundle_menu *menus; /* empty for later groups; kept classes alone for earlier ones */
	const bool *is_kept;       /* [attendee] of an earlier group */
	struct bundle *best; /* [attendee] before: any that fit together; after: the best found */
	uint64_t seed;
	int64_t value_before; /* of the groups before, for who is told the value so far */
	double done;          /* when this stage begins, for the same */
};

/* Fills in everything of the proof but the priority. Menus are as before when it returns. */
void branch_solve(struct arena *a, struct branch_stage *stage, struct effort *effort,
	struct allocate_proof *proof);

#endif

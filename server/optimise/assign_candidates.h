/*
 * Who comes into question for a paper: in small problems everyone who may read it, in large ones
 * its best fits and the reviewers whose own best fits it is among. Within the solvers.
 */
#ifndef OPTIMISE_ASSIGN_CANDIDATES_H
#define OPTIMISE_ASSIGN_CANDIDATES_H

#include "optimise/assign.h"

struct assign_candidates {
	uint32_t *first;     /* [paper + 1], into reviewers */
	uint32_t *reviewers; /* of a paper the best fit first, then by number; nobody barred */
	bool is_all;         /* all who may read a paper are among its candidates */
};

void assign_candidates_find(
	struct arena *a, const struct assign_problem *p, struct assign_candidates *out);

/* The affinity as it counts: 0 for a kept pair that is barred. */
int64_t assign_value(const struct assign_problem *p, uint32_t paper, uint32_t reviewer);

#endif

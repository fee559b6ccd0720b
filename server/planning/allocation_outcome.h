/* What becomes of everybody's wishes, and why, in the event's terms. */
#ifndef PLANNING_ALLOCATION_OUTCOME_H
#define PLANNING_ALLOCATION_OUTCOME_H

#include "planning/allocation_rows.h"

struct allocation_outcome {
	const uint32_t *seats; /* rows of the sessions */
	size_t n_seats;
	const char *text; /* JSON: an outcome, planning/allocation_plan.h */
	bool is_in_file;  /* their code stands in the result */
};

/* Of everybody who wished: [wisher]. s is of the setup's problem, and verified. */
struct allocation_outcome *allocation_outcomes(struct arena *a,
	const struct allocation_setup *setup, const struct allocate_solution *s);

#endif

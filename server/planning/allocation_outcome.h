/* What becomes of every wish, and why, in the event's terms: the `people` of allocation_plan.h. */
#ifndef PLANNING_ALLOCATION_OUTCOME_H
#define PLANNING_ALLOCATION_OUTCOME_H

#include "planning/allocation_rows.h"

/* Of everybody who wished, in the order of their codes, with commas between; s is verified. */
void allocation_outcomes_write(struct arena *a, const struct allocation_setup *setup,
	const struct allocate_solution *s, struct buf *out);

#endif

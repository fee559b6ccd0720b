/* What both methods of allocation share: value, order of seats, priority groups. */
#ifndef OPTIMISE_ALLOCATE_COMMON_H
#define OPTIMISE_ALLOCATE_COMMON_H

#include "optimise/allocate.h"

/* Of an offering for an attendee; NONE: not wished for. */
uint32_t allocate_rank(const struct allocate_problem *p, uint32_t attendee, uint32_t offering);

/* Of one more seat, for somebody who has so many. */
int64_t allocate_points(uint32_t seats_before, uint32_t rank);

/* Sorts the seats, and fills in value and counts. */
void allocate_finish(const struct allocate_problem *p, struct allocate_solution *s);

/* The different priorities, ascending; how many. */
uint32_t allocate_groups(struct arena *a, const struct allocate_problem *p, uint32_t **out);

/*
 * The draft among the attendees of some priority: seats are taken from `left` [offering] and added
 * to out->seats, which has room for the wants of all. turn goes on.
 */
struct rng;
void allocate_draft_group(const struct allocate_problem *p, uint32_t priority, struct rng *lots,
	uint32_t *left, uint32_t *turn, struct allocate_solution *out);

#endif

/*
 * Which submissions must not run at once, for the sake of the same people: a table of bits, made once
 * for a problem and asked often. At most 6 MB for the largest problem.
 */
#ifndef OPTIMISE_TIMETABLE_CONFLICTS_H
#define OPTIMISE_TIMETABLE_CONFLICTS_H

#include "optimise/timetable.h"

struct timetable_conflicts {
	uint32_t n_words;               /* of a row */
	uint64_t *presenter, *attendee; /* [submission * n_words + other / 64], symmetric, no self */
};

/* As timetable.h defines the conflicts of presenters and of attendees. */
struct timetable_conflicts timetable_conflicts_of(
	struct arena *a, const struct timetable_problem *p);

static inline bool timetable_conflicts_in(
	const struct timetable_conflicts *c, const uint64_t *table, uint32_t one, uint32_t other)
{
	return table[(size_t)one * c->n_words + other / 64] >> (other % 64) & 1;
}

/* Somebody who is in the way: UINT32_MAX when nobody is. `presenting`: as presenter, else attendee. */
uint32_t timetable_conflict_person(
	const struct timetable_problem *p, uint32_t one, uint32_t other, bool presenting);

#endif

/* What the parts of the search of a re-plan share; timetable_repair.h is the way in. */
#ifndef OPTIMISE_TIMETABLE_REPAIR_SEARCH_H
#define OPTIMISE_TIMETABLE_REPAIR_SEARCH_H

#include "optimise/timetable_repair.h"

struct repair_candidate {
	struct timetable_place place;
	uint32_t n_ejected, rank; /* rank: the order in which they were found */
	int64_t cost;
};

static inline bool repair_is_within_limit(const struct repair *r)
{
	return r->n_moved + r->n_must <= r->limit;
}

/* One that stands where it was at present is made to wait. */
void repair_eject(struct repair *r, uint32_t submission);
/* Those ejected since the log was `mark` long go back to where they were. */
void repair_undo(struct repair *r, size_t mark);

/* Makes those wait who are in the way of a submission at a place; false when one may not move. */
bool repair_clear(struct repair *r, uint32_t submission, const struct timetable_place *place);

/* Adds all places for a submission to r->candidates: the fewest ejected first, then the cheapest. */
void repair_find_candidates(struct repair *r, uint32_t submission);

#endif

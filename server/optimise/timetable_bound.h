/* The parts of timetable_bound(): each is proved by itself where it stands. */
#ifndef OPTIMISE_TIMETABLE_BOUND_H
#define OPTIMISE_TIMETABLE_BOUND_H

#include "optimise/timetable_count.h"

/* Higher costs count as much: a bound may be too low, and sums must fit. */
#define TIMETABLE_BOUND_MAX_COST ((int64_t)1 << 40)

static inline int64_t timetable_bound_cut(int64_t cost)
{
	return cost < TIMETABLE_BOUND_MAX_COST ? cost : TIMETABLE_BOUND_MAX_COST;
}

/* What a slot of a submission costs in a session, wherever its room is. */
int64_t timetable_bound_slot_cost(
	const struct timetable_problem *p, uint32_t submission, uint32_t session);

/* Of dislikes of sessions and rooms, with as much room in each session as there is. */
int64_t timetable_bound_of_sessions(
	struct arena *a, const struct timetable_counter *c, bool is_strict);

/*
 * The same and of consecutive_tracks, strict regime: every track has one room, and one cell of it in
 * each of its sessions.
 */
int64_t timetable_bound_of_tracks(struct arena *a, const struct timetable_counter *c);

#endif

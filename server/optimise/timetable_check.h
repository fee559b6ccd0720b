/*
 * The hard rules of a timetable, which nothing is ever weighed against: every submission has a place
 * in one cell that holds its track, inside its session, alone in its slots, and no track stands where
 * it is shut.
 */
#ifndef OPTIMISE_TIMETABLE_CHECK_H
#define OPTIMISE_TIMETABLE_CHECK_H

#include "optimise/timetable.h"

/* All cells without a track, all submissions without a place. */
struct timetable timetable_empty(struct arena *a, const struct timetable_problem *p);
struct timetable timetable_copy(
	struct arena *a, const struct timetable_problem *p, const struct timetable *t);

/* INVALID, naming the first rule that is broken and where. */
enum rc timetable_check(const struct timetable_problem *p, const struct timetable *t,
	struct err *err) NODISCARD;

/* Has the submission a place that exists and is long enough for it? Says nothing about the others. */
bool timetable_fits(const struct timetable_problem *p, uint32_t submission,
	const struct timetable_place *place);

static inline bool timetable_is_shut(
	const struct timetable_problem *p, uint32_t session, uint32_t room)
{
	return p->is_shut && p->is_shut[(size_t)session * p->n_rooms + room];
}

#endif

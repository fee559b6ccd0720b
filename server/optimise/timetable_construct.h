/* Where a search begins, and whether it can end at all. */
#ifndef OPTIMISE_TIMETABLE_CONSTRUCT_H
#define OPTIMISE_TIMETABLE_CONSTRUCT_H

#include "optimise/timetable_moves.h"

/*
 * CONFLICT, with the reason, when counting alone proves that there is no complete timetable: a
 * submission longer than any session, more slots wanted than there are, more cells than there are.
 */
enum rc timetable_prove_room(
	struct arena *a, const struct timetable_problem *p, struct err *err) NODISCARD;

/*
 * Takes out what is not fixed and lays it anew, track by track in an order that is drawn, each in
 * an unbroken run of cells where there is one. Some may stay without a place.
 */
void timetable_construct(struct timetable_mover *m);

/* The same from a timetable, as far as its places are free, of the right track, and not shut. */
void timetable_resume(struct timetable_state *s, const struct timetable_place *places);

#endif

/*
 * What an allocation is made of: the event's rows, and the solver's problem made of them.
 *
 * Offerings are the placed repeats of masterclasses, in order of time. Attendees are those who have a
 * wish, in the order of their opaque codes (wisher.code), which are random and tell nothing.
 *
 * The solver knows slots, and nobody gets two offerings of one slot; the programme knows times. So
 * sessions that overlap share a slot, and so do those that overlap only by way of a third: where 14:00
 * to 15:30 and 15:30 to 17:00 run beside 14:00 to 17:00, all three are one slot. On a common grid this
 * is exact; elsewhere it is cautious (`is_joined`): it never gives what cannot be attended, but may
 * withhold a pair that could be. In the same way a duty makes busy every slot in which it overlaps one
 * of the sessions of a masterclass the person wishes for.
 *
 * Priority: holders of the kinds of tickets in wish_first are served before all others.
 */
#ifndef PLANNING_ALLOCATION_ROWS_H
#define PLANNING_ALLOCATION_ROWS_H

#include "optimise/allocate.h"
#include "store/db.h"
#include "gen/query.h"

struct allocation_rows {
	struct q_masterclasses_of_event *masterclasses;
	struct q_allocation_sessions *sessions;
	struct q_allocation_wishers *wishers;
	struct q_allocation_wishes *wishes;     /* in the wishers' order */
	struct q_allocation_bookings *bookings; /* too */
	struct q_allocation_duties *duties;     /* by registration_id */
	size_t n_masterclasses, n_sessions, n_wishers, n_wishes, n_bookings, n_duties;
	int64_t most_seats;
};
enum rc allocation_rows_load(struct db *db, struct arena *a, int64_t event_id,
	struct allocation_rows *out, struct err *err) NODISCARD;

/* All of it as one text: two that are equal give equal problems. */
const char *allocation_rows_text(struct arena *a, const struct allocation_rows *rows);

/*
 * TO_GIVE: what seats are left is to be given. A seat that somebody has already, or is offered, counts
 * among the most they may have, keeps them busy, and ends their wish for that masterclass; who has
 * enough already is no attendee, and neither is who is busy whenever something they wished for is on.
 * TO_MOVE: the seats that people have in what they wished for are `seats`, and each offering has exactly
 * those: what a free one would do is asked of allocate_chain(). Who has seats that do not keep the
 * solver's rules (two of one slot, a duty that came later) stays where they are: no attendee.
 */
enum allocation_aim { TO_GIVE, TO_MOVE };

struct allocation_setup {
	const struct allocation_rows *rows;
	struct allocate_problem problem; /* offering i is rows->sessions[i] */
	uint32_t *wisher_of;             /* attendee -> rows->wishers */
	bool *is_busy;                   /* [wisher]: no attendee, for that reason */
	int64_t *masterclass_ids;        /* class -> masterclass, rising */
	struct allocate_seat *seats;     /* TO_MOVE; by attendee, then offering */
	size_t n_seats;
	bool is_joined;
};
/* CONFLICT, with a sentence for the organiser, when there is nothing to give, nobody wishes, or it is
 * more than the solver takes. */
enum rc allocation_setup(struct arena *a, const struct allocation_rows *rows,
	enum allocation_aim aim, struct allocation_setup *out, struct err *err) NODISCARD;

/* The row of a masterclass; it exists. */
const struct q_masterclasses_of_event *allocation_masterclass(
	const struct allocation_rows *rows, int64_t id);

#endif

/*
 * What a search asks of a problem again and again, worked out once: penalties by index and already
 * weighted, who conflicts with whom as lists, the submissions of each track.
 */
#ifndef OPTIMISE_TIMETABLE_TABLES_H
#define OPTIMISE_TIMETABLE_TABLES_H

#include "optimise/timetable.h"

/* Lists one behind the other: those of i are items[start[i]] to items[start[i + 1] - 1]. */
struct timetable_lists {
	uint32_t *start;
	uint16_t *items;
};

struct timetable_price {
	int64_t cost;       /* weighted */
	int64_t n_breaches; /* of what is impossible */
};

/* What two tracks cost when they meet in a session, for each pair of their cells there. */
struct timetable_rival {
	uint32_t track;
	struct timetable_price price;
};

struct timetable_tables {
	const struct timetable_problem *p;
	bool is_strict;
	uint32_t n_cells;                      /* session * n_rooms + room */
	uint32_t n_slots;                      /* of the longest session */
	struct timetable_price *track_session; /* [track * n_sessions + session] */
	struct timetable_price *track_room;    /* [track * n_rooms + room] */
	struct timetable_price *session_room;  /* [cell] */
	/* [submission * n_sessions + session], time zones and slots included */
	struct timetable_price *submission_session;
	/* [submission * n_rooms + room]; NULL: there are none */
	struct timetable_price *submission_room;
	struct timetable_lists presenter,
		attendee;               /* conflicts of a submission; lists NULL: not priced */
	struct timetable_lists members; /* submissions of a track */
	struct timetable_rival *rivals; /* those of t: rival_start[t] to rival_start[t + 1] - 1 */
	uint32_t *rival_start;
	uint32_t *need;        /* [track]: slots of all its submissions */
	bool has_order;        /* the order of submissions is priced, and some have one */
	bool has_slots;        /* it matters in which slot of a cell a submission is */
	bool is_clash_by_slot; /* what the strict regime calls a clash of presenters */
};

/* Lives in the arena. */
struct timetable_tables *timetable_tables_of(
	struct arena *a, const struct timetable_problem *p, bool is_strict);

static inline void timetable_price_add(
	struct timetable_price *to, const struct timetable_price *what, int64_t times)
{
	to->cost += what->cost * times;
	to->n_breaches += what->n_breaches * times;
}

static inline uint32_t timetable_session_of(const struct timetable_tables *t, uint32_t cell)
{
	return cell / t->p->n_rooms;
}

static inline uint32_t timetable_slots_of(const struct timetable_tables *t, uint32_t cell)
{
	return t->p->sessions[cell / t->p->n_rooms].n_slots;
}

#endif

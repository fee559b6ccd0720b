/*
 * The accounts of a search: where everything is, and what that costs, kept up to date by every
 * single step and taken back without recounting the rest. Submissions may be without a place while
 * one searches; that costs gap_price a slot, and breach_price each breach of the strict regime, in
 * any regime (0 in the soft one).
 *
 * Two steps exist: a submission is taken out of its cell, or put into one. A cell belongs to a
 * track as long as submissions are in it. timetable_state_settle() after the steps of a move brings
 * the value up to date; timetable_state_undo() takes back all since timetable_state_keep().
 */
#ifndef OPTIMISE_TIMETABLE_STATE_H
#define OPTIMISE_TIMETABLE_STATE_H

#include "optimise/timetable_bag.h"
#include "optimise/timetable_tables.h"

enum { TIMETABLE_SESSION_WORDS = (TIMETABLE_MAX_SESSIONS + 63) / 64 };

#define TIMETABLE_FREE UINT16_MAX /* a slot that nobody has */

struct timetable_step {
	uint16_t submission;
	uint32_t cell, slot; /* before the step */
};

struct timetable_state {
	const struct timetable_tables *t;
	struct arena *arena;
	int64_t breach_price, gap_price;
	bool is_packing; /* places for all come before any value */
	int64_t value;
	int64_t n_breaches, n_gaps; /* gaps: slots of submissions without a place */
	/* submissions */
	uint32_t *cell_of; /* TIMETABLE_NONE: has no place */
	uint16_t *session_of, *slot_of;
	bool *is_fixed;
	struct timetable_bag unplaced;
	/* cells */
	uint16_t *occupant; /* [cell * n_slots + slot] */
	uint32_t *track_of; /* TIMETABLE_NONE: empty */
	uint16_t *n_in, *used, *n_fixed;
	bool *is_shut;
	struct timetable_bag empty; /* and not shut */
	/* tracks */
	uint32_t *cells,
		*n_cells;      /* those of t: cells[members.start[t]] and on, n_cells[t] of them */
	uint32_t *at_in_track; /* [cell] */
	uint16_t *in_session;  /* [track * n_sessions + session]: cells */
	uint16_t *in_room;     /* [track * n_rooms + room]: cells */
	uint16_t *n_rooms;
	uint64_t *sessions; /* [track * TIMETABLE_SESSION_WORDS]: bits */
	bool *is_broken;    /* its sessions are no unbroken run */
	int64_t *order_cost;
	bool *is_dirty; /* its order is to be counted again */
	uint32_t *dirty, n_dirty;
	/* what was counted so far, in items looked at: some nanoseconds each, and the same on any
	 * machine */
	uint64_t work;
	/* what was done since the last keep */
	struct timetable_step *steps;
	size_t n_steps, max_steps;
};

/*
 * Everything without a place, except what is fixed in `start` (may be NULL), which must have one
 * there. INVALID when that cannot be (shut, over the end, two in one slot, two tracks in a cell).
 * The tables must outlive the state, which lives in the arena.
 */
enum rc timetable_state_new(struct arena *a, const struct timetable_tables *t,
	const struct timetable *start, struct timetable_state **out, struct err *err) NODISCARD;

void timetable_state_take(struct timetable_state *s, uint32_t submission);
/* Its slots must be free, and the cell its track's or empty. */
void timetable_state_put(
	struct timetable_state *s, uint32_t submission, uint32_t cell, uint32_t slot);
/* Elsewhere in the same cell. */
void timetable_state_shift(struct timetable_state *s, uint32_t submission, uint32_t slot);
void timetable_state_settle(struct timetable_state *s);
void timetable_state_undo(struct timetable_state *s); /* settles */
void timetable_state_keep(struct timetable_state *s);

/* May the submission lie there, as far as free slots go? */
bool timetable_state_is_free(
	const struct timetable_state *s, uint32_t cell, uint32_t slot, uint32_t n_slots);

/* As one writes it down, and from there: what lies there becomes the state. */
void timetable_state_save(const struct timetable_state *s, struct timetable_place *places);
void timetable_state_load(struct timetable_state *s, const struct timetable_place *places);

/* What the search minimises. */
static inline int64_t timetable_state_total(const struct timetable_state *s)
{
	return (s->is_packing ? 0 : s->value) + s->breach_price * s->n_breaches +
	       s->gap_price * s->n_gaps;
}

static inline uint32_t timetable_state_room_left(const struct timetable_state *s, uint32_t cell)
{
	return timetable_slots_of(s->t, cell) - s->used[cell];
}

#endif

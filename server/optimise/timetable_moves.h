/*
 * The moves of a search, each a series of steps of the accounts that the caller keeps or undoes.
 * What is fixed and what is shut is never touched. A move may leave submissions without a place,
 * where that has a price; the caller judges by timetable_state_total() alone.
 */
#ifndef OPTIMISE_TIMETABLE_MOVES_H
#define OPTIMISE_TIMETABLE_MOVES_H

#include "optimise/rng.h"
#include "optimise/timetable_state.h"

enum timetable_move {
	TIMETABLE_MOVE_RELOCATE,   /* a submission into another cell of its track, perhaps against
				      others */
	TIMETABLE_MOVE_OPEN,       /* a submission into a cell that its track does not have yet */
	TIMETABLE_MOVE_SWAP_CELLS, /* what two cells hold, and all of it that fits */
	TIMETABLE_MOVE_SWAP_ROOMS, /* tracks of two rooms, so that none is torn apart (Kempe chain)
				    */
	TIMETABLE_MOVE_CLOSE,      /* all of a cell into the others of its track */
	TIMETABLE_MOVE_REORDER,    /* within a cell */
	TIMETABLE_MOVE_INSERT,     /* one without a place into one, pushing others out */
	TIMETABLE_MOVE_ROTATE,     /* two runs of sessions of a room, one behind the other */
	TIMETABLE_MOVE_REBUILD,    /* a whole track anew, in an unbroken run of free cells */
	TIMETABLE_N_MOVES
};

struct timetable_mover {
	struct timetable_state *s;
	struct rng *rng;
	/* The move at hand shall leave a track in one room and once in a session. */
	bool is_disciplined;
	/* scratch */
	uint16_t *held, *others; /* [n_submissions] */
	bool *is_in;             /* [n_sessions] */
	uint32_t *ends;          /* [n_sessions + 1] */
	uint32_t *touched;       /* [n_tracks] */
	uint32_t *cells;         /* [n_submissions] */
	uint16_t *slots;         /* [n_submissions] */
};

struct timetable_mover timetable_mover_of(
	struct arena *a, struct timetable_state *s, struct rng *rng);

/*
 * Settles the accounts. False when nothing was done, though steps may have been noted: undo them
 * all the same.
 */
bool timetable_move(struct timetable_mover *m, enum timetable_move kind);

/* Into free slots of the cell, the others closed up if need be; false, and nothing done, without
 * room. */
bool timetable_move_in(struct timetable_mover *m, uint32_t submission, uint32_t cell);

#endif

/* What the files of the moves share; nobody else's business. */
#ifndef OPTIMISE_TIMETABLE_MOVES_IN_H
#define OPTIMISE_TIMETABLE_MOVES_IN_H

#include "optimise/timetable_moves.h"

static inline uint32_t timetable_length(const struct timetable_state *s, uint32_t submission)
{
	return s->t->p->submissions[submission].n_slots;
}

static inline const uint16_t *timetable_slots(const struct timetable_state *s, uint32_t cell)
{
	return s->occupant + (size_t)cell * s->t->n_slots;
}

static inline uint32_t timetable_track_cell(
	const struct timetable_state *s, uint32_t track, uint32_t k)
{
	return s->cells[s->t->members.start[track] + k];
}

/* One that has a place and is not fixed; false when the draw met another. */
bool timetable_draw_submission(struct timetable_mover *m, uint32_t *out);

/* Takes everything that is not fixed out of a cell, in the order of slots; how many. */
uint32_t timetable_empty_cell(struct timetable_state *s, uint32_t cell, uint16_t *out);
/* Puts them in as long as they fit; those that do not stay in the list. */
void timetable_refill(struct timetable_mover *m, uint16_t *list, uint32_t *n, uint32_t cell);
/* Into any cell of its track, else into an empty one; or they stay without a place. */
void timetable_rehouse(struct timetable_mover *m, const uint16_t *list, uint32_t n);

/* timetable_cells.c */
bool timetable_swap_cells(struct timetable_mover *m);
bool timetable_close_cell(struct timetable_mover *m);
bool timetable_swap_rooms(struct timetable_mover *m);

/* timetable_runs.c */
bool timetable_rotate(struct timetable_mover *m);
bool timetable_rebuild(struct timetable_mover *m);
/* All of a track that has no place yet, best in that room; some may stay without one. */
void timetable_lay_track(
	struct timetable_mover *m, uint32_t track, uint16_t *list, uint32_t n, uint32_t room);

/*
 * timetable_sequence.c: exchanges the submissions of a track among its cells so that those with a
 * wanted place get it; those without take what is left. Nothing happens to a track of which
 * something is fixed, or when they do not fit so.
 */
void timetable_resequence(struct timetable_mover *m, uint32_t track);

#endif

/*
 * Placing works on a board (planning/timetable_board.h). The search of optimise/timetable.h knows
 * cells of one track: what that says nothing about is done here, and what it could not place.
 */
#ifndef PLANNING_TIMETABLE_SEARCH_H
#define PLANNING_TIMETABLE_SEARCH_H

#include "optimise/effort.h"
#include "planning/timetable_board.h"

/* How good a board is, the first that differs deciding; less is better. */
struct standing {
	size_t n_left;  /* works that may move and have no place */
	size_t n_moved; /* works that had a place and have another one, or none */
	int64_t cost;
};
struct standing standing_of(const struct board *b);
bool standing_is_better(const struct standing *x, const struct standing *y);

/* [work]: where each stands; and back. */
size_t *board_copy(const struct board *b);
void board_restore(struct board *b, const size_t *cells);

/* Takes out what does not hold where it stands, one after the other, in the works' order. */
void board_lift_broken(struct board *b);

/*
 * Gives every work that may move and has no place the cheapest one it fits, those with the fewest
 * possible places first. One that fits nowhere may push another one, which finds a place elsewhere.
 */
void board_fill(struct board *b);

/*
 * Moves and exchanges works that are not at home, as long as that makes the board better. Until the
 * effort ends.
 */
void board_polish(struct board *b, struct effort *effort);

/* What the work would add to the cost there, were it placed now. It must stand nowhere. */
int64_t board_price(struct board *b, size_t work, size_t cell);

#endif

/*
 * A board as the problems of optimise/timetable.h, and their answers on the board.
 *
 * Proposing: a session of the solver is a time of the programme, a room is a room, and a cell a
 * session of one format. A track is a theme, or several: themes that share a session in the draft
 * already, or that must because there are too few sessions to keep each to itself, smallest first.
 *
 * Re-planning: each session of the programme is a session of the solver with one room, a track is a
 * format, so that any talk may go into any session of talks, and what somebody cannot do is exact.
 */
#ifndef PLANNING_TIMETABLE_GRID_H
#define PLANNING_TIMETABLE_GRID_H

#include "optimise/effort.h"
#include "planning/timetable_board.h"

/*
 * Places the works of that format that may move and stand nowhere, as the solver would; those whose
 * place does not fit after all stay nowhere. is_one_track: whatever the themes, for when there is
 * no other way. CONFLICT: the solver finds no place for all of them. *bound: no timetable that
 * gives each session one theme costs less, board_cost() of that format taken; -1: nothing is known.
 */
enum rc timetable_grid_propose(struct board *b, enum board_format format, bool is_one_track,
	struct effort *effort, int64_t *bound, struct err *err) NODISCARD;

/*
 * Finds places for the talks and workshops that stand nowhere, moving as few others as possible.
 * CONFLICT: the solver finds none for all of them.
 */
enum rc timetable_grid_replan(struct board *b, struct effort *effort, struct err *err) NODISCARD;

/*
 * How minutes become slots: the greatest common divisor of what the works take, or more when a
 * session would have more slots than a solver takes; then works are rounded up.
 */
int64_t timetable_slot_minutes(const struct board *b, enum board_format format);

#endif

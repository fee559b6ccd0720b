/* What a proposal of a timetable is made of, read from the rows. */
#ifndef PLANNING_TIMETABLE_READ_H
#define PLANNING_TIMETABLE_READ_H

#include "planning/planning.h"
#include "planning/timetable_board.h"

struct timetable_question {
	bool is_replan;
	struct programme programme;
	const struct zone *zone;
	struct board_waiting *waiting; /* proposing only */
	struct board_duty *away;       /* re-planning only, as the next */
	struct board_room_shut *shut;
	size_t n_waiting, n_away, n_shut;
};

/* Holds a connection while it reads. INVALID: options that name nobody and nothing. */
enum rc timetable_question_read(struct arena *a, const struct planning_task *task,
	struct timetable_question *out, struct err *err) NODISCARD;

#endif

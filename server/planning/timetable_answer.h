/* What was found, on its way to the JSON of planning/timetable_plan.h. */
#ifndef PLANNING_TIMETABLE_ANSWER_H
#define PLANNING_TIMETABLE_ANSWER_H

#include "planning/timetable_read.h"

/* A session that goes into another room. */
struct timetable_room_move {
	const struct programme_session *session;
	const struct programme_room *from, *to;
	const char *why;
};

/*
 * Finds another room for every session whose room is shut while it is on: free at that time, with
 * as many seats, and no more of them than needed; the largest where none has. q's programme has the
 * new rooms afterwards. Sessions that find none keep theirs.
 */
size_t timetable_rooms_move(
	struct arena *a, struct timetable_question *q, struct timetable_room_move **out);

struct timetable_answer {
	const struct timetable_question *question;
	const struct board *board; /* as proposed */
	const char **why;          /* [work]: it goes where it goes, or goes at all */
	const struct timetable_room_move *rooms;
	size_t n_rooms;
	int64_t before[N_COSTS];
	int64_t bound; /* -1: none is known */
	bool is_cut;
};

/* "With 3 others on Policy". */
const char *timetable_reason_for(const struct board *b, size_t work);
/* Why a work that may move stands nowhere. */
const char *timetable_reason_against(const struct board *b, size_t work);

/* The JSON; INVALID when it passes what a proposal may hold. */
enum rc timetable_answer_write(struct arena *a, const struct timetable_answer *answer,
	const char **out, struct err *err) NODISCARD;

#endif

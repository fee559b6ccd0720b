/*
 * Proposals of kind "timetable": places for the works that wait, or as few changes as possible when
 * a draft no longer holds. Nothing is changed here: domain/programme.h does what was chosen of it.
 *
 * Options:
 *   {"mode": "rest"}
 *   {"mode": "replan", "away": [{"person": code, "from": ms, "to": ms}],
 *    "shut": [{"room": code, "from": ms, "to": ms}]}     from and to 0: all the time
 *
 * Result (instants are milliseconds; sessions, works and rooms are told by their codes):
 *   mode
 *   works   by the time of where they go, those of one theme beside each other:
 *           {"submission", "title", "presenter", "format", "theme", "minutes", "from": session
 *           or "", "to": session or "" (it is taken out), "why"}
 *   rooms   sessions that go into another room: {"session", "title", "from", "to": rooms, "why"}
 *   left    works without a place: {"submission", "title", "format", "at": session or "", "why"}
 *   remaining  what is not as it should be once all is accepted: {"kind": "clash" or a kind of
 *           cost, "cost", "session", "why"}; clashes first, then the dearest
 *   cost    {"before", "after", "bound": or null, "kinds": {kind: {"before", "after"}}}; before is
 *           what the draft costs now, without the works that wait (planning/timetable_board.h)
 *   revs    {session: rev} of all sessions that would change
 *   is_cut  the clock ended the search: the same seed may give another answer
 */
#ifndef PLANNING_TIMETABLE_PLAN_H
#define PLANNING_TIMETABLE_PLAN_H

#include "planning/planning.h"
#include "planning/timetable_board.h"

/* planning_fn. CONFLICT when there is nothing to place, or nothing that no longer holds. */
enum rc timetable_plan(struct arena *a, const struct planning_task *task, const char **result,
	struct err *err) NODISCARD;

/* What a draft costs as it stands, dearest first, and the sum of it. */
size_t timetable_explain(struct arena *a, const struct programme *p, const struct zone *zone,
	struct board_complaint **out, int64_t *cost);

#endif

/*
 * Proposals of kind "allocation".
 *
 * Options: {"what": "give"} works the seats out in both ways; {"what": "chain"} looks for the best
 * chain of moves into a seat that is free after the seats were given.
 *
 * Result of "give":
 *   what, made_of       SHA-256 of the rows (allocation_rows_text): accepted only while they are the same
 *   n_wishers, n_attendees (who can get something), n_wishes, n_places, most_seats
 *   is_joined           allocation_rows.h: some times were joined into one
 *   offerings           [{session, masterclass (codes), title, starts_at, ends_at, places}]: numbered as
 *                       in the result file
 *   classes             [{masterclass, title}]: too
 *   methods             [{method "draft" or "exact", seed, n_without, n_first, n_second, n_third, n_seats,
 *                       value, bound, is_certified, is_cut, digest,
 *                       file: the text of "allocation-result-1" (optimise/allocate.h)}]
 *
 * An outcome, as its person reads it (wisher.outcome):
 *   method, n_seats, is_in_file
 *   wishes [{masterclass, reasons [{session or null, why, other (session) or null, n_others, last_rank,
 *   last_turn, worth}]}]: why and worth are the words of enum allocate_why and allocate_worth, and "had":
 *   they had it before. Ranks and turns count from 1 here; 0: nothing to tell.
 *
 * Result of "chain":
 *   what, made_of
 *   moves [{code, from (session) or null, to}], none: there is nothing to better
 *   gain
 */
#ifndef PLANNING_ALLOCATION_PLAN_H
#define PLANNING_ALLOCATION_PLAN_H

#include "planning/planning.h"

enum rc allocation_plan(struct arena *a, const struct planning_task *task, const char **result,
	struct err *err) NODISCARD;

#endif

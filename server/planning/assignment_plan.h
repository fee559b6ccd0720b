/*
 * Assignments: who could review what, as the solver sees it (optimise/assign.h), read with the eyes
 * of a chair. What is hidden from the chair, their own work above all, is no part of the problem.
 *
 * Always kept: assignments whose review was begun. Never made: authors, conflicts, who has declined.
 *
 * Options: {"method": "best" | "fair" | "fairest" | "repair", "keeps": bool, "min_load", "max_load",
 * "per_organisation": 0 for no such rule}. "best" is the highest total of affinities, "fair" the
 * highest lowest submission at the least loss of the total, "fairest" also the next lowest and so on
 * whatever that costs, "repair" the fewest changes of what is there. keeps: nothing of what is
 * there goes.
 *
 * Result (affinities and totals in millionths, people and works by public code):
 *   method, n_wanted, n_reviewers, n_submissions, seconds
 *   proposed, present   {total, min_submission, n_short, least_load, most_load}
 *   total_bound, min_submission_bound, is_certified
 *   n_added, n_removed
 *   reviewers[]   {code, n_present, n_proposed}
 *   submissions[] {code, score, present_score, is_changed,
 *                  added[], stays[], removed[], others[]: the best fits not chosen
 *                    {reviewer, affinity, rank, rule, is_kept, loss, next or null, bid or null,
 *                    themes[], words[]}}
 * is_kept: it was there and had to stay; themes and words are what the two have in common; next who
 * would come instead; rank the reviewer's among all who may read the work, 1 the best; rule a word of
 * assignment_rule; loss what the total would lose if the choice were turned round, null where the
 * rules could then not be kept.
 */
#ifndef PLANNING_ASSIGNMENT_PLAN_H
#define PLANNING_ASSIGNMENT_PLAN_H

#include "planning/planning.h"

enum { ASSIGNMENT_N_OTHERS = 3 };

extern const char *const assignment_methods[]; /* NULL ends them */

enum rc assignment_plan(struct arena *a, const struct planning_task *task, const char **result,
	struct err *err) NODISCARD;

#endif

/* What the board of assignments shows of proposals. */
#ifndef PAGES_ASSIGNMENT_PROPOSAL_H
#define PAGES_ASSIGNMENT_PROPOSAL_H

#include "pages/page.h"

/*
 * propose_form (method, max_load, min_load, per_organisation, keeps), and proposals[] as
 * pages/proposal.h tells. An even share of the work and one more is what a reviewer may have unless
 * the chair says otherwise.
 */
enum rc put_assignment_proposals(struct request *rq, struct vm *vm, size_t n_submissions,
	size_t n_reviewers, int64_t n_reviews) NODISCARD;

/* Into `proposal`: what web/templates/review/proposal.mustache tells, from the result of a plan
 * (planning/assignment_plan.h). What was hidden from the chair since is left out. */
enum rc put_proposed_assignment(
	struct request *rq, struct vm *vm, const cJSON *result) NODISCARD;

#endif

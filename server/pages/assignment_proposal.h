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

#endif

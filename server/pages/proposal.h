/*
 * What the pages of proposals share: asking, following, cancelling. A proposal lives below the page
 * it is for: <event>/assignments/proposals/K7QF3M2XG. Its page shows a `proposal` in the view model;
 * while it is under way the template is proposal/under_way.
 */
#ifndef PAGES_PROPOSAL_H
#define PAGES_PROPOSAL_H

#include "domain/proposal.h"
#include "pages/page.h"

struct proposal_kind {
	const char *kind; /* as in the database: "assignment" */
	const char *home; /* below the event: "/assignments" */
	int capability;   /* enum capability: of whoever may still have it */
};

/*
 * Puts the question into the queue and answers with its page. seed 0: drawn now. options: JSON.
 */
enum rc proposal_put_question(struct request *rq, const struct proposal_kind *kind,
	const char *options, int64_t seed, int64_t seconds) NODISCARD;

/* The one of the path (":code"); NOT_FOUND unless it is of that kind and the actor's own. */
enum rc proposal_of_path(struct request *rq, const struct proposal_kind *kind,
	struct q_proposal_by_code *out) NODISCARD;
/* Its result as a tree; CONFLICT unless it is done. */
enum rc proposal_result(struct request *rq, const struct q_proposal_by_code *row, cJSON **out)
	NODISCARD;

/*
 * proposal: code, state, percent, doing or null, message or null, seed, seconds, created_at,
 * finished_at, accepted_at, undone_at; page: href, is_under_way, is_open (done, not yet accepted),
 * can_undo; and script, which follows it.
 */
struct vm *put_proposal(struct request *rq, struct vm *vm, const struct proposal_kind *kind,
	const struct q_proposal_by_code *row);
/* proposals: the newest of that kind, the same members but for doing and message. */
enum rc put_proposals(struct request *rq, struct vm *vm, const struct proposal_kind *kind) NODISCARD;

/* POST <home>/proposals/:code/cancel */
enum rc proposal_cancel_of_path(struct request *rq, const struct proposal_kind *kind) NODISCARD;

#endif

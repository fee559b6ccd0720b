/* What the pages about giving seats share. */
#ifndef PAGES_ALLOCATION_H
#define PAGES_ALLOCATION_H

#include "pages/proposal.h"
#include "planning/allocation_give.h"

extern const struct proposal_kind allocation_kind;

/* Without a proposal. */
struct allocation_scene allocation_scene_of(struct request *rq);

/*
 * methods [{method, seed, n_without, n_first, n_second, n_third, n_seats, value, bound, is_certified,
 * is_cut, digest}]; page: figures [{what, draft, exact, is_draft_better, is_exact_better}]: the same
 * side by side; is_proved, was_cut. plan: the result of a proposal, or what was published of it.
 */
void put_methods(struct request *rq, struct vm *vm, const cJSON *plan);

/*
 * allocation: method, seed, digest, given_at, n_tries, n_seats, n_without, n_wishers, n_places,
 * most_seats, is_certified, methods, offerings [{number, title, starts_at, ends_at, places}], classes
 * [{number, title}]; page: figures, n (n_tries), is_joined.
 */
enum rc put_allocation(struct request *rq, struct vm *parent,
	const struct q_allocation_get *allocation) NODISCARD;

#endif

/*
 * The reviewers of highest total value, where every pair may have a value of its own: what
 * assign_best() solves with the affinities, fairness with weighted ones, and the rest by barring or
 * forcing single pairs. Works warm: after a change it goes on from the solution it has.
 *
 * A flow: paper -> (its readers of one organisation) -> reviewer -> load. Solved on a short list of
 * pairs (the best of each paper and of each reviewer); then all pairs are priced with the duals,
 * and those that would gain join the list, until none is left: the result is that of all pairs.
 * When the list is too short for any solution, the pairs that lead out of the cut join it.
 */
#ifndef OPTIMISE_ASSIGN_DENSE_H
#define OPTIMISE_ASSIGN_DENSE_H

#include "optimise/assign.h"
#include "optimise/flow.h"

#define ASSIGN_MAX_VALUE (INT64_C(1) << 40)
#define ASSIGN_NO_VALUE  INT64_MIN

struct assign_values {
	/*
	 * Fills values[0 .. n_reviewers) of a paper: -ASSIGN_MAX_VALUE .. ASSIGN_MAX_VALUE, or
	 * ASSIGN_NO_VALUE for a pair that is not to be. Pairs barred in the problem are left out in
	 * any case. Called for one paper after the other, and again while solving: the same each
	 * time.
	 */
	void (*row)(void *arg, uint32_t paper, int64_t *values);
	void *arg;
};

struct assign_dense;

/*
 * p lives longer than d. For each paper wanted <= n_reviewers, for each reviewer min_load <=
 * max_load and min_load <= n_papers: what breaks that has no solution (assign_is_plausible).
 */
struct assign_dense *assign_dense_new(const struct assign_problem *p, struct assign_values values);
void assign_dense_free(struct assign_dense *d);
bool assign_is_plausible(const struct assign_problem *p);

/* The affinities themselves; 0 where barred. */
struct assign_values assign_affinities(const struct assign_problem *p);

/*
 * FLOW_OPTIMAL: of all pairs, not only of the list. FLOW_INFEASIBLE: the rules clash whatever the
 * values, and assign_dense_is_cut() says where. FLOW_STOPPED: assign_dense_has_pairs() says whether
 * there is any solution yet. effort may be NULL; it is told `state` as it is.
 */
enum flow_end assign_dense_solve(
	struct assign_dense *d, struct effort *effort, const struct effort_state *state) NODISCARD;

/* The values have changed, all or some. A pair that has none any more leaves. */
void assign_dense_revalue(struct assign_dense *d);

/*
 * 0,0 bars a pair, 1,1 forces it, 0,1 leaves it free (a kept one starts as 1,1). A pair that is
 * barred in the problem, or has no value, can only be forced, and counts as 0 then.
 */
void assign_dense_bound_pair(struct assign_dense *d, struct assign_pair pair, int low, int high);

/* The best pairs found, sorted by paper, then reviewer; they live in d until it is solved again. */
bool assign_dense_has_pairs(const struct assign_dense *d);
const struct assign_pair *assign_dense_pairs(const struct assign_dense *d, size_t *n);

/*
 * The duals of the last solve: what a review of a paper, a place of a reviewer, and one more reader
 * of an organisation for a paper cost. Prices of organisations are sorted by paper, then
 * organisation, without those of 0.
 */
int64_t assign_dense_paper_price(const struct assign_dense *d, uint32_t paper);
int64_t assign_dense_reviewer_price(const struct assign_dense *d, uint32_t reviewer);
size_t assign_dense_org_prices(
	struct arena *a, const struct assign_dense *d, struct assign_org_price **out);

/*
 * No set of pairs has a higher total value: sum wanted * paper_price + sum of the larger of
 * max_load * reviewer_price and min_load * reviewer_price + sum per_organisation * org_price +
 * sum over pairs of what is left of their value above the prices, where that is positive or the
 * pair is forced. One pass over all pairs. Equals the total after FLOW_OPTIMAL.
 */
int64_t assign_dense_bound(struct assign_dense *d);

/* Of an infeasible one: is the paper, or the reviewer, on the side whose reviews find no place? */
bool assign_dense_is_cut_paper(const struct assign_dense *d, uint32_t paper);
bool assign_dense_is_cut_reviewer(const struct assign_dense *d, uint32_t reviewer);

#endif

/*
 * The highest total when every paper is to reach a level: a paper's sum of affinities is at least
 * so much. Hard in general, so it is bounded from above and searched from below.
 *
 * Bound: the levels are taken into the values with a weight for each paper (Lagrange; Held and
 * Karp, 1971); what is left is one exact assignment. Before, pairs without which a paper cannot
 * reach the level are forced and those with which it cannot are barred, which sharpens the bound a
 * good deal. Search: the assignments of the bound, mended by exchanges; then branching on single
 * pairs. Within the solvers.
 */
#ifndef OPTIMISE_ASSIGN_LEVEL_H
#define OPTIMISE_ASSIGN_LEVEL_H

#include "optimise/assign_dense.h"
#include "optimise/assign_exchange.h"

#define LEVEL_NO_BOUND INT64_MAX

enum level_pair { LEVEL_FREE, LEVEL_BARRED, LEVEL_FORCED };

struct level {
	const struct assign_problem *problem;
	struct assign_dense *dense; /* with values affinity * (scale + weight of the paper) */
	int64_t goal;               /* the level */
	int64_t scale, max_weight;
	int64_t *weight; /* [paper] */
	bool is_blind; /* the total does not count: weights alone, to prove that a goal is too high
			*/
	uint32_t *n_forced; /* [paper] */
	uint8_t *state;     /* [paper * n_reviewers + reviewer], enum level_pair */
	struct assign_pair *trail;
	size_t n_trail, max_trail;
	int64_t *score; /* [paper], of the last assignment */
	int64_t total;  /* of its affinities */
	int64_t mean;   /* when blind: of its scores, weighted; no set has a higher lowest paper */
};

struct level *level_new(const struct assign_problem *p);
void level_free(struct level *l);

/*
 * Forces and bars for another goal, from scratch; weights stay. False: some paper cannot reach it,
 * whatever the others get.
 */
bool level_set(struct level *l, int64_t goal);

/* Forces or bars a free pair, and what follows for the paper. False: the paper cannot reach the
 * goal. */
bool level_decide(struct level *l, struct assign_pair pair, enum level_pair state);
/* Frees all pairs that were decided since n_trail was `mark`. */
void level_undo(struct level *l, size_t mark);

/*
 * One assignment with the present weights. FLOW_OPTIMAL: *bound is what no set of pairs that
 * reaches the goal and follows the decisions can exceed; when blind, below 0 if there is no such
 * set. FLOW_INFEASIBLE: there is none.
 */
enum flow_end level_solve(struct level *l, struct effort *effort, int64_t *bound) NODISCARD;

/* Moves the weights against the shortfalls and surpluses of the last assignment, towards `target`.
 */
void level_step(struct level *l, int64_t bound, int64_t target, double pace);
/* Sighted: the weights are 0. Blind: all are the same, and steps multiply (Arora, Hazan, Kale,
 * 2012). */
void level_begin(struct level *l, bool is_blind);

/*
 * Blind: what the lowest paper of no set of pairs exceeds, at least goal - 1, after so many
 * assignments. The goal is set and stays.
 */
int64_t level_bound_lowest(struct level *l, int64_t goal, uint32_t n_steps, struct effort *effort);

struct level_search {
	int64_t goal;
	uint32_t n_root, n_branch; /* assignments to solve at most: before and while branching */
	bool is_any;               /* any set of pairs that reaches the goal will do */
	/* In and out. */
	struct assign_pair *pairs; /* [sum of wanted] */
	int64_t total;             /* of pairs; -1: none known that reaches the goal */
	int64_t bound; /* LEVEL_NO_BOUND, or what is known; -1: proved that there is none */
};

/* e is used for mending; its pairs and floors change. */
void level_search(
	struct level *l, struct exchange *e, struct level_search *search, struct effort *effort);

#endif

/*
 * Minimum-cost flow on whole numbers, with a proof of every answer.
 *
 * A network has nodes, each with a supply (what leaves it minus what enters it; negative: it takes
 * up), and arcs, each with a lower and an upper bound on its amount and a cost per unit, which may
 * be negative. All supplies together are 0. Wanted is the cheapest flow that keeps every bound.
 *
 * Method: successive shortest paths on reduced costs (Edmonds and Karp, 1972; Tomizawa, 1971),
 * each search ending at the first node that lacks something. Before it starts, every arc whose
 * reduced cost contradicts its amount is set to the bound that does not; so it may start from any
 * flow and any prices, and after a change of arcs, bounds, costs or supplies it goes on from where
 * it was: one search for each unit that no longer fits. The first start takes its prices from some
 * rounds of Bellman and Ford, which for networks of a few layers are exact.
 *
 * The proof of an optimum are the prices: with reduced cost = cost + price[from] - price[to],
 * amount < high requires a reduced cost >= 0, and amount > low one <= 0. The proof that there is no
 * flow is a set of nodes whose supply is more than what the arcs out of it can take away over what
 * those into it must bring. flow_check.c verifies both and shares no code with the solving.
 *
 * flow_wide.h is the same with costs of 128 bits, for weights that are powers of one another.
 */
#ifndef OPTIMISE_FLOW_H
#define OPTIMISE_FLOW_H

#include "base/err.h"
#include "optimise/effort.h"

enum flow_end {
	FLOW_OPTIMAL,
	FLOW_INFEASIBLE, /* no flow keeps all bounds: flow_is_cut() says why */
	FLOW_STOPPED,    /* the clock or the caller ended it; a later solve goes on from here */
};

struct flow_arc {
	uint32_t from, to;
	int32_t low, high; /* low <= high */
	int64_t cost;      /* |cost| * number of nodes < 2^61 */
};

struct flow;

struct flow *flow_make(void);
void flow_free(struct flow *f);

/* Nodes and arcs are numbered from 0 in the order they come. They may come between solves, too. */
uint32_t flow_add_node(struct flow *f, int64_t supply);
uint32_t flow_add_arc(struct flow *f, struct flow_arc arc);

/* For the next solve, which starts warm. */
void flow_set_supply(struct flow *f, uint32_t node, int64_t supply);
void flow_set_bounds(struct flow *f, uint32_t arc, int32_t low, int32_t high);
void flow_set_cost(struct flow *f, uint32_t arc, int64_t cost);
/* Where to start from. An amount out of bounds is cut to them. A new node has price 0. */
void flow_set_amount(struct flow *f, uint32_t arc, int32_t amount);
void flow_set_price(struct flow *f, uint32_t node, int64_t price);

/*
 * The supplies must sum to 0. Unless prices were set, the first solve finds some itself. `effort`
 * may be NULL; else it is asked now and then, with `state` as it is, whether to go on.
 */
enum flow_end flow_solve(
	struct flow *f, struct effort *effort, const struct effort_state *state) NODISCARD;

/* Of the last solve. */
int32_t flow_amount(const struct flow *f, uint32_t arc);
int64_t flow_price(const struct flow *f, uint32_t node);
int64_t flow_total(const struct flow *f); /* sum of cost * amount */
/* After FLOW_INFEASIBLE: is the node in the set whose supply cannot leave it? */
bool flow_is_cut(const struct flow *f, uint32_t node);

uint32_t flow_n_nodes(const struct flow *f);
uint32_t flow_n_arcs(const struct flow *f);
struct flow_arc flow_arc(const struct flow *f, uint32_t arc);
int64_t flow_supply(const struct flow *f, uint32_t node);

/* ---- proving: shares no code with the solving ---- */

/* A network as plain lists. */
struct flow_network {
	uint32_t n_nodes, n_arcs;
	const int64_t *supply;       /* [node] */
	const struct flow_arc *arcs; /* [arc] */
};

/*
 * Is `amount` [arc] a flow that keeps every bound, and do the prices [node] prove that none is
 * cheaper? *total is its cost. INVALID with the arc or node where it fails.
 */
enum rc flow_check(const struct flow_network *n, const int32_t *amount, const int64_t *price,
	int64_t *total, struct err *err) NODISCARD;

/* Does the set of nodes prove that there is no flow? INVALID when it does not. */
enum rc flow_check_cut(
	const struct flow_network *n, const bool *is_inside, struct err *err) NODISCARD;

#endif

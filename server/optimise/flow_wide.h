/* flow.h with costs, prices and totals of 128 bits: |cost| * number of nodes < 2^125. */
#ifndef OPTIMISE_FLOW_WIDE_H
#define OPTIMISE_FLOW_WIDE_H

#include "optimise/flow.h"

__extension__ typedef __int128 flow_wide_cost;

struct flow_wide_arc {
	uint32_t from, to;
	int32_t low, high;
	flow_wide_cost cost;
};

struct flow_wide;

struct flow_wide *flow_wide_make(void);
void flow_wide_free(struct flow_wide *f);
uint32_t flow_wide_add_node(struct flow_wide *f, int64_t supply);
uint32_t flow_wide_add_arc(struct flow_wide *f, struct flow_wide_arc arc);
void flow_wide_set_supply(struct flow_wide *f, uint32_t node, int64_t supply);
void flow_wide_set_bounds(struct flow_wide *f, uint32_t arc, int32_t low, int32_t high);
void flow_wide_set_cost(struct flow_wide *f, uint32_t arc, flow_wide_cost cost);
void flow_wide_set_amount(struct flow_wide *f, uint32_t arc, int32_t amount);
void flow_wide_set_price(struct flow_wide *f, uint32_t node, flow_wide_cost price);
enum flow_end flow_wide_solve(
	struct flow_wide *f, struct effort *effort, const struct effort_state *state) NODISCARD;
int32_t flow_wide_amount(const struct flow_wide *f, uint32_t arc);
flow_wide_cost flow_wide_price(const struct flow_wide *f, uint32_t node);
flow_wide_cost flow_wide_total(const struct flow_wide *f);
bool flow_wide_is_cut(const struct flow_wide *f, uint32_t node);
uint32_t flow_wide_n_nodes(const struct flow_wide *f);
uint32_t flow_wide_n_arcs(const struct flow_wide *f);
struct flow_wide_arc flow_wide_arc(const struct flow_wide *f, uint32_t arc);
int64_t flow_wide_supply(const struct flow_wide *f, uint32_t node);

struct flow_wide_network {
	uint32_t n_nodes, n_arcs;
	const int64_t *supply;
	const struct flow_wide_arc *arcs;
};

enum rc flow_wide_check(const struct flow_wide_network *n, const int32_t *amount,
	const flow_wide_cost *price, flow_wide_cost *total, struct err *err) NODISCARD;
enum rc flow_wide_check_cut(
	const struct flow_wide_network *n, const bool *is_inside, struct err *err) NODISCARD;

#endif

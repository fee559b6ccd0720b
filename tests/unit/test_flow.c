/* Minimum-cost flow: by hand, against trying everything, warm, in both widths, and its proofs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "optimise/flow_wide.h"
#include "optimise/rng.h"

enum { MAX_NODES = 8, MAX_ARCS = 8 };

struct case_data {
	uint32_t n_nodes, n_arcs;
	int64_t supply[MAX_NODES];
	struct flow_arc arcs[MAX_ARCS];
};

struct answer {
	enum flow_end end;
	int64_t total;
	int32_t amount[MAX_ARCS];
	int64_t price[MAX_NODES];
	bool is_cut[MAX_NODES];
};

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct flow *built(const struct case_data *c)
{
	struct flow *f = flow_make();
	for (uint32_t v = 0; v < c->n_nodes; v++)
		assert_int_equal(flow_add_node(f, c->supply[v]), v);
	for (uint32_t i = 0; i < c->n_arcs; i++)
		assert_int_equal(flow_add_arc(f, c->arcs[i]), i);
	return f;
}

/* What the solver says now, and that its proof holds. */
static struct answer asked(struct flow *f, const struct case_data *c)
{
	struct answer out = {.end = flow_solve(f, NULL, NULL)};
	struct flow_network network = {c->n_nodes, c->n_arcs, c->supply, c->arcs};
	struct err err = err_in(arena);
	int64_t total;
	for (uint32_t i = 0; i < c->n_arcs; i++)
		out.amount[i] = flow_amount(f, i);
	for (uint32_t v = 0; v < c->n_nodes; v++) {
		out.price[v] = flow_price(f, v);
		out.is_cut[v] = flow_is_cut(f, v);
	}
	if (out.end == FLOW_OPTIMAL) {
		out.total = flow_total(f);
		assert_int_equal(flow_check(&network, out.amount, out.price, &total, &err), OK);
		assert_int_equal(total, out.total);
	} else {
		assert_int_equal(out.end, FLOW_INFEASIBLE);
		assert_int_equal(flow_check_cut(&network, out.is_cut, &err), OK);
	}
	return out;
}

static struct answer solved(const struct case_data *c)
{
	struct flow *f = built(c);
	struct answer out = asked(f, c);
	flow_free(f);
	return out;
}

/* Two ways from 0 to 3, of which the cheap one is narrow. */
static const struct case_data two_ways = {4, 5, {3, 0, 0, -3},
	{{0, 1, 0, 2, 1}, {0, 2, 0, 5, 2}, {1, 3, 0, 1, 1}, {1, 2, 0, 5, 0}, {2, 3, 0, 5, 4}}};

static void the_cheaper_way_is_filled_first(void **state)
{
	(void)state;
	struct answer a = solved(&two_ways);
	assert_int_equal(a.end, FLOW_OPTIMAL);
	/* one unit 0-1-3 at 2, one 0-1-2-3 at 5, one 0-2-3 at 6 */
	assert_int_equal(a.total, 13);
}

static void a_lower_bound_is_kept_where_it_costs(void **state)
{
	(void)state;
	struct case_data c = two_ways;
	c.arcs[1].low = 3;
	struct answer a = solved(&c);
	assert_int_equal(a.total, 18);
	assert_int_equal(a.amount[1], 3);
}

static void a_cycle_that_gains_is_run_round(void **state)
{
	(void)state;
	struct case_data c = {3, 3, {0}, {{0, 1, 0, 4, -3}, {1, 2, -1, 3, 1}, {2, 0, 0, 9, 1}}};
	struct answer a = solved(&c);
	assert_int_equal(a.total, -3);
	assert_int_equal(a.amount[2], 3);
}

static void what_cannot_leave_is_shown(void **state)
{
	(void)state;
	struct case_data c = two_ways;
	c.supply[0] = 8;
	c.supply[3] = -8;
	struct answer a = solved(&c);
	assert_int_equal(a.end, FLOW_INFEASIBLE);
	assert_true(a.is_cut[0]);
	assert_false(a.is_cut[3]);
}

static void what_must_come_back_cannot(void **state)
{
	(void)state;
	struct case_data c = {2, 2, {0}, {{0, 1, 2, 3, 0}, {1, 0, 0, 1, 0}}};
	assert_int_equal(solved(&c).end, FLOW_INFEASIBLE);
}

static void a_network_of_nothing_is_solved(void **state)
{
	(void)state;
	struct case_data c = {0};
	assert_int_equal(solved(&c).end, FLOW_OPTIMAL);
	c.n_nodes = 1;
	assert_int_equal(solved(&c).end, FLOW_OPTIMAL);
}

/* ---- against trying everything ---- */

static struct case_data drawn(struct rng *r)
{
	struct case_data c = {.n_nodes = 2 + rng_below(r, 4), .n_arcs = 1 + rng_below(r, MAX_ARCS)};
	for (uint32_t i = 0; i < c.n_arcs; i++) {
		int32_t low = rng_below(r, 3) == 0 ? (int32_t)rng_below(r, 3) - 1 : 0;
		c.arcs[i] = (struct flow_arc){rng_below(r, c.n_nodes), rng_below(r, c.n_nodes), low,
			low + (int32_t)rng_below(r, 3), (int64_t)rng_below(r, 15) - 6};
	}
	for (uint32_t n = rng_below(r, 4); n > 0; n--) {
		c.supply[rng_below(r, c.n_nodes)]++;
		c.supply[rng_below(r, c.n_nodes)]--;
	}
	return c;
}

/* The cheapest of all flows; false: there is none. */
static bool tried(const struct case_data *c, int64_t *best)
{
	int32_t amount[MAX_ARCS];
	bool found = false;
	for (uint32_t i = 0; i < c->n_arcs; i++)
		amount[i] = c->arcs[i].low;
	for (;;) {
		int64_t net[MAX_NODES] = {0}, total = 0;
		for (uint32_t i = 0; i < c->n_arcs; i++) {
			net[c->arcs[i].from] += amount[i];
			net[c->arcs[i].to] -= amount[i];
			total += c->arcs[i].cost * amount[i];
		}
		if (memcmp(net, c->supply, sizeof net) == 0 && (!found || total < *best)) {
			*best = total;
			found = true;
		}
		uint32_t i = 0;
		while (i < c->n_arcs && amount[i] == c->arcs[i].high) {
			amount[i] = c->arcs[i].low;
			i++;
		}
		if (i == c->n_arcs)
			return found;
		amount[i]++;
	}
}

static void agree_with_trying(const struct case_data *c, const struct answer *a)
{
	int64_t best = 0;
	bool is_possible = tried(c, &best);
	assert_int_equal(a->end == FLOW_OPTIMAL, is_possible);
	if (is_possible)
		assert_int_equal(a->total, best);
}

static void small_networks_are_as_good_as_trying_everything(void **state)
{
	(void)state;
	struct rng r;
	int n_possible = 0;
	rng_seed(&r, 1);
	for (int i = 0; i < 2000; i++) {
		struct case_data c = drawn(&r);
		struct answer a = solved(&c);
		agree_with_trying(&c, &a);
		n_possible += a.end == FLOW_OPTIMAL;
	}
	assert_in_range(n_possible, 200, 1900);
}

/* Costs, bounds, supplies and arcs change between solves, as a caller would change them. */
static void a_warm_start_is_as_good_as_a_cold_one(void **state)
{
	(void)state;
	struct rng r;
	rng_seed(&r, 2);
	for (int i = 0; i < 300; i++) {
		struct case_data c = drawn(&r);
		uint32_t n_later = c.n_arcs / 2, n_all = c.n_arcs;
		c.n_arcs -= n_later;
		struct flow *f = built(&c);
		(void)asked(f, &c);
		for (; c.n_arcs < n_all; c.n_arcs++)
			flow_add_arc(f, c.arcs[c.n_arcs]);
		for (int change = 0; change < 5; change++) {
			uint32_t k = rng_below(&r, c.n_arcs), v = rng_below(&r, c.n_nodes);
			c.arcs[k].cost = (int64_t)rng_below(&r, 15) - 6;
			flow_set_cost(f, k, c.arcs[k].cost);
			k = rng_below(&r, c.n_arcs);
			c.arcs[k].high = c.arcs[k].low + (int32_t)rng_below(&r, 3);
			flow_set_bounds(f, k, c.arcs[k].low, c.arcs[k].high);
			flow_set_supply(f, v, ++c.supply[v]);
			v = rng_below(&r, c.n_nodes);
			flow_set_supply(f, v, --c.supply[v]);
			struct answer a = asked(f, &c);
			agree_with_trying(&c, &a);
		}
		flow_free(f);
	}
}

static void any_start_leads_to_the_optimum(void **state)
{
	(void)state;
	struct rng r;
	rng_seed(&r, 3);
	for (int i = 0; i < 300; i++) {
		struct case_data c = drawn(&r);
		struct flow *f = built(&c);
		for (uint32_t k = 0; k < c.n_arcs; k++)
			flow_set_amount(f, k, (int32_t)rng_below(&r, 9) - 4);
		for (uint32_t v = 0; v < c.n_nodes; v++)
			flow_set_price(f, v, (int64_t)rng_below(&r, 41) - 20);
		struct answer a = asked(f, &c);
		agree_with_trying(&c, &a);
		flow_free(f);
	}
}

/* ---- the wide one ---- */

static const flow_wide_cost HUGE_UNIT = (flow_wide_cost)1 << 90;

static void both_widths_agree(void **state)
{
	(void)state;
	struct rng r;
	struct err err = err_in(arena);
	rng_seed(&r, 4);
	for (int i = 0; i < 500; i++) {
		struct case_data c = drawn(&r);
		struct answer narrow = solved(&c);
		struct flow_wide_arc arcs[MAX_ARCS];
		struct flow_wide_network network = {c.n_nodes, c.n_arcs, c.supply, arcs};
		struct flow_wide *f = flow_wide_make();
		for (uint32_t v = 0; v < c.n_nodes; v++)
			flow_wide_add_node(f, c.supply[v]);
		for (uint32_t k = 0; k < c.n_arcs; k++) {
			const struct flow_arc *arc = &c.arcs[k];
			arcs[k] = (struct flow_wide_arc){
				arc->from, arc->to, arc->low, arc->high, arc->cost * HUGE_UNIT};
			flow_wide_add_arc(f, arcs[k]);
		}
		assert_int_equal(flow_wide_solve(f, NULL, NULL), narrow.end);
		int32_t amount[MAX_ARCS];
		flow_wide_cost price[MAX_NODES], total;
		bool is_cut[MAX_NODES];
		for (uint32_t k = 0; k < c.n_arcs; k++)
			amount[k] = flow_wide_amount(f, k);
		for (uint32_t v = 0; v < c.n_nodes; v++) {
			price[v] = flow_wide_price(f, v);
			is_cut[v] = flow_wide_is_cut(f, v);
		}
		if (narrow.end == FLOW_OPTIMAL) {
			assert_int_equal(
				flow_wide_check(&network, amount, price, &total, &err), OK);
			assert_true(total == narrow.total * HUGE_UNIT);
			assert_true(flow_wide_total(f) == total);
		} else
			assert_int_equal(flow_wide_check_cut(&network, is_cut, &err), OK);
		flow_wide_free(f);
	}
}

/* A difference that 64 bits, or a double, would lose. */
static void small_differences_of_huge_costs_count(void **state)
{
	(void)state;
	struct flow_wide *f = flow_wide_make();
	flow_wide_add_node(f, 1);
	flow_wide_add_node(f, -1);
	flow_wide_add_arc(f, (struct flow_wide_arc){0, 1, 0, 1, HUGE_UNIT + 1});
	flow_wide_add_arc(f, (struct flow_wide_arc){0, 1, 0, 1, HUGE_UNIT});
	assert_int_equal(flow_wide_solve(f, NULL, NULL), FLOW_OPTIMAL);
	assert_int_equal(flow_wide_amount(f, 1), 1);
	assert_true(flow_wide_total(f) == HUGE_UNIT);
	flow_wide_free(f);
}

/* ---- the checker ---- */

static void check_refuses(const struct case_data *c, const struct answer *a, const char *message)
{
	struct flow_network network = {c->n_nodes, c->n_arcs, c->supply, c->arcs};
	struct err err = err_in(arena);
	int64_t total;
	assert_int_equal(flow_check(&network, a->amount, a->price, &total, &err), INVALID);
	assert_string_equal(err.message, message);
}

static void a_tampered_flow_is_refused(void **state)
{
	(void)state;
	struct answer a = solved(&two_ways);
	struct answer b = a;
	b.amount[2] = 2;
	check_refuses(&two_ways, &b, "arc 2 carries 2, which is not between 0 and 1");
	struct case_data c = two_ways;
	c.arcs[3].to = 4;
	check_refuses(&c, &a, "arc 3 is between nodes that there are not");
	b = a;
	b.amount[4]--;
	check_refuses(&two_ways, &b, "node 2 gives -1, its supply is 0");
	/* a flow, but a dearer one: 0-2-3 in the place of 0-1-2-3 */
	b = a;
	b.amount[0]--;
	b.amount[3]--;
	b.amount[1]++;
	check_refuses(&two_ways, &b, "arc 0 could carry more, which is cheaper");
}

static void tampered_prices_are_refused(void **state)
{
	(void)state;
	struct answer a = solved(&two_ways);
	a.price[2] += 7;
	check_refuses(&two_ways, &a, "arc 1 could carry more, which is cheaper");
	a.price[2] -= 14;
	check_refuses(&two_ways, &a, "arc 1 could carry less, which is cheaper");
}

static void a_set_that_proves_nothing_is_refused(void **state)
{
	(void)state;
	struct flow_network network = {4, 5, two_ways.supply, two_ways.arcs};
	struct err err = err_in(arena);
	for (unsigned set = 0; set < 16; set++) {
		bool is_inside[4];
		for (unsigned v = 0; v < 4; v++)
			is_inside[v] = (set >> v & 1) != 0;
		assert_int_equal(flow_check_cut(&network, is_inside, &err), INVALID);
	}
}

static bool refuse(void *arg, const struct effort_state *state)
{
	(void)arg;
	(void)state;
	return false;
}

/* A long row of searches that is ended and then taken up again. */
static void a_stopped_one_goes_on(void **state)
{
	(void)state;
	enum { N = 300 };
	struct flow *f = flow_make();
	struct rng r;
	rng_seed(&r, 5);
	for (uint32_t v = 0; v < 2 * N; v++)
		flow_add_node(f, v < N ? 1 : -1);
	for (uint32_t v = 0; v < N; v++)
		for (uint32_t w = N; w < 2 * N; w++)
			flow_add_arc(f, (struct flow_arc){v, w, 0, 1, rng_below(&r, 1000)});
	struct effort effort = {.tell = refuse};
	struct effort_state where = {.doing = "flow"};
	effort_begin(&effort);
	effort.told_ms -= 1000;
	assert_int_equal(flow_solve(f, &effort, &where), FLOW_STOPPED);
	assert_true(effort.is_cut);
	assert_int_equal(flow_solve(f, NULL, NULL), FLOW_OPTIMAL);
	int64_t warm = flow_total(f);
	struct flow *cold = flow_make();
	for (uint32_t v = 0; v < 2 * N; v++)
		flow_add_node(cold, flow_supply(f, v));
	for (uint32_t i = 0; i < flow_n_arcs(f); i++)
		flow_add_arc(cold, flow_arc(f, i));
	assert_int_equal(flow_solve(cold, NULL, NULL), FLOW_OPTIMAL);
	assert_int_equal(flow_total(cold), warm);
	flow_free(cold);
	flow_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cheaper_way_is_filled_first),
		cmocka_unit_test(a_lower_bound_is_kept_where_it_costs),
		cmocka_unit_test(a_cycle_that_gains_is_run_round),
		cmocka_unit_test(what_cannot_leave_is_shown),
		cmocka_unit_test(what_must_come_back_cannot),
		cmocka_unit_test(a_network_of_nothing_is_solved),
		cmocka_unit_test(small_networks_are_as_good_as_trying_everything),
		cmocka_unit_test(a_warm_start_is_as_good_as_a_cold_one),
		cmocka_unit_test(any_start_leads_to_the_optimum),
		cmocka_unit_test(both_widths_agree),
		cmocka_unit_test(small_differences_of_huge_costs_count),
		cmocka_unit_test(a_tampered_flow_is_refused),
		cmocka_unit_test(tampered_prices_are_refused),
		cmocka_unit_test(a_set_that_proves_nothing_is_refused),
		cmocka_unit_test(a_stopped_one_goes_on),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

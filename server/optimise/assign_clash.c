/*
 * Which rules clash. The cut of an infeasible flow names some; then one after the other is left
 * out for good when the rest still clash (deletion filter: Chinneck and Dravnieks, 1991). What is
 * left depends on the order, and so several are tried.
 */
#include <string.h>
#include "optimise/assign.h"
#include "optimise/assign_rules.h"
#include "optimise/rng.h"

enum {
	ORDERS = 12,      /* for each way to group barred pairs */
	MANY_RULES = 600, /* from so many that clash in the cut, one order has to do */
	MANY_PAIRS = 400000,
};

/* Leaves in force a set of clashing rules from which none can be left out. Returns how many. */
static uint32_t reduce(struct rules *r, const uint32_t *order, struct assign_clash *out)
{
	uint32_t n = 0;

	rules_drop_idle(r, &out->n_wanted, &out->n_possible);
	for (uint32_t i = 0; i < r->n_rules; i++) {
		uint32_t rule = order[i];
		if (!r->is_on[rule])
			continue;
		rules_switch(r, rule, false);
		bool is_plain = rules_are_plain(r);
		if (is_plain ? rules_can_be_kept_by_count(r) : rules_can_be_kept(r))
			rules_switch(r, rule, true);
		else if (!is_plain)
			rules_drop_idle(r, &out->n_wanted, &out->n_possible);
	}
	if (!rules_can_be_kept(r))
		rules_drop_idle(r, &out->n_wanted, &out->n_possible);
	for (uint32_t i = 0; i < r->n_rules; i++)
		n += r->is_on[i];
	return n;
}

static void take_rules(struct arena *a, const struct rules *r, uint32_t n, struct assign_clash *out)
{
	out->demands = ARENA_ARRAY(a, n, struct assign_demand);
	out->n_demands = 0;
	for (uint32_t i = 0; i < r->n_rules; i++)
		if (r->is_on[i])
			out->demands[out->n_demands++] = r->rules[i];
}

static void switch_all(struct rules *r)
{
	for (uint32_t i = 0; i < r->n_rules; i++)
		rules_switch(r, i, true);
}

/* False: the rules can be kept. */
static bool find_smallest(struct arena *a, const struct assign_problem *p, enum rules_barred barred,
	struct rng *rng, struct assign_clash *best)
{
	struct rules *r = rules_new(p, barred);
	uint32_t *order = heap_alloc((r->n_rules + 1) * sizeof *order);
	uint32_t n_orders = ORDERS;
	bool is_clash = true;

	/* Papers and loads come last and first among the rules; to begin with, all in the order
	 * they have. */
	for (uint32_t i = 0; i < r->n_rules; i++)
		order[i] = i;
	for (uint32_t k = 0; k < n_orders && is_clash; k++) {
		struct assign_clash found = {0};
		switch_all(r);
		is_clash = !rules_can_be_kept(r);
		if (!is_clash)
			break;
		uint32_t n = reduce(r, order, &found);
		if (best->n_demands == 0 || n < best->n_demands) {
			*best = found;
			take_rules(a, r, n, best);
		}
		if (n > MANY_RULES || (size_t)p->n_papers * p->n_reviewers > MANY_PAIRS)
			n_orders = 1;
		rng_shuffle(rng, order, r->n_rules);
	}
	heap_free(order);
	rules_free(r);
	return is_clash;
}

enum rc assign_clash(
	struct arena *a, const struct assign_problem *p, struct assign_clash *out, struct err *err)
{
	struct rng rng;

	rng_seed(&rng, 1);
	*out = (struct assign_clash){0};
	if (!find_smallest(a, p, RULES_BY_PAPER, &rng, out))
		return err_set(err, NOT_FOUND, "all rules can be kept together");
	if ((size_t)p->n_papers * p->n_reviewers <= MANY_PAIRS &&
		!find_smallest(a, p, RULES_BY_REVIEWER, &rng, out))
		return err_internal(err, "rules clash by paper but not by reviewer");
	return OK;
}

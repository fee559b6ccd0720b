#include "optimise/assign_dense.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "optimise/assign_list.h"

enum { FIRST_CROSSING = 16 };

/* ---- values ---- */

static void affinity_row(void *arg, uint32_t paper, int64_t *values)
{
	const struct assign_problem *p = arg;
	const int32_t *row = &p->affinity[(size_t)paper * p->n_reviewers];

	for (uint32_t r = 0; r < p->n_reviewers; r++)
		values[r] = row[r];
}

struct assign_values assign_affinities(const struct assign_problem *p)
{
	union {
		const void *given;
		void *kept;
	} arg = {.given = p}; /* only read, by affinity_row() */

	return (struct assign_values){affinity_row, arg.kept};
}

bool assign_is_plausible(const struct assign_problem *p)
{
	for (uint32_t i = 0; i < p->n_papers; i++)
		if (p->wanted[i] > p->n_reviewers)
			return false;
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		if (p->min_load[r] > p->max_load[r] || p->min_load[r] > p->n_papers)
			return false;
	return true;
}

/* ---- organisations ---- */

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Only those with more readers than are allowed on one paper can be in the way. */
static void find_organisations(struct assign_dense *d)
{
	const struct assign_problem *p = d->p;

	if (p->per_organisation == 0 || !p->organisation)
		return;
	uint32_t *sorted = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *sorted);
	d->org_name = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *d->org_name);
	memcpy(sorted, p->organisation, p->n_reviewers * sizeof *sorted);
	qsort(sorted, p->n_reviewers, sizeof *sorted, by_number);
	for (uint32_t i = 0, end; i < p->n_reviewers; i = end) {
		for (end = i; end < p->n_reviewers && sorted[end] == sorted[i];)
			end++;
		if (sorted[i] != ASSIGN_NO_ORGANISATION && end - i > p->per_organisation)
			d->org_name[d->n_orgs++] = sorted[i];
	}
	heap_free(sorted);
	if (d->n_orgs == 0)
		return;
	d->org_of = heap_alloc(p->n_reviewers * sizeof *d->org_of);
	for (uint32_t r = 0; r < p->n_reviewers; r++) {
		const uint32_t *found = bsearch(&p->organisation[r], d->org_name, d->n_orgs,
			sizeof *d->org_name, by_number);
		d->org_of[r] = found ? (uint32_t)(found - d->org_name) : d->n_orgs;
	}
}

/* ---- making ---- */

static uint32_t most_load(const struct assign_problem *p, uint32_t r)
{
	return p->max_load[r] < p->n_papers ? p->max_load[r] : p->n_papers;
}

static void make_nodes(struct assign_dense *d)
{
	const struct assign_problem *p = d->p;
	int64_t n_wanted = 0;

	for (uint32_t i = 0; i < p->n_papers; i++) {
		flow_add_node(d->flow, p->wanted[i]);
		n_wanted += p->wanted[i];
	}
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		flow_add_node(d->flow, 0);
	uint32_t load = flow_add_node(d->flow, -n_wanted);
	for (uint32_t r = 0; r < p->n_reviewers; r++) {
		flow_add_arc(
			d->flow, (struct flow_arc){reviewer_node(d, r), load,
					 (int32_t)p->min_load[r], (int32_t)most_load(p, r), 0});
	}
	d->pairs = heap_alloc(((size_t)n_wanted + 1) * sizeof *d->pairs);
}

static uint32_t *no_numbers(size_t n)
{
	uint32_t *out = heap_alloc((n + 1) * sizeof *out);

	memset(out, 0xff, n * sizeof *out);
	return out;
}

struct assign_dense *assign_dense_new(const struct assign_problem *p, struct assign_values values)
{
	struct assign_dense *d = heap_alloc(sizeof *d);
	size_t n_pairs = (size_t)p->n_papers * p->n_reviewers;

	assert(assign_is_plausible(p));
	d->p = p;
	d->values = values;
	d->flow = flow_make();
	find_organisations(d);
	make_nodes(d);
	d->first_listed = no_numbers(p->n_papers);
	d->first_group = no_numbers(p->n_papers);
	d->is_listed = heap_alloc((n_pairs / 64 + 1) * sizeof *d->is_listed);
	d->row = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *d->row);
	d->relief = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *d->relief);
	d->unit = heap_alloc(((size_t)d->n_orgs + 1) * sizeof *d->unit);
	d->is_inside = heap_alloc(((size_t)d->n_orgs + 1) * sizeof *d->is_inside);
	d->best.items = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *d->best.items);
	assign_list_begin(d);
	return d;
}

void assign_dense_free(struct assign_dense *d)
{
	if (!d)
		return;
	flow_free(d->flow);
	heap_free(d->listed);
	heap_free(d->first_listed);
	heap_free(d->is_listed);
	heap_free(d->groups);
	heap_free(d->first_group);
	heap_free(d->org_of);
	heap_free(d->org_name);
	heap_free(d->row);
	heap_free(d->relief);
	heap_free(d->unit);
	heap_free(d->is_inside);
	heap_free(d->best.items);
	heap_free(d->pairs);
	heap_free(d);
}

/* ---- changes ---- */

void assign_dense_revalue(struct assign_dense *d)
{
	for (uint32_t p = 0; p < d->p->n_papers; p++) {
		assign_list_row(d, p);
		for (uint32_t i = d->first_listed[p]; i != UINT32_MAX; i = d->listed[i].next) {
			const struct listed *pair = &d->listed[i];
			int64_t value = d->row[pair->reviewer];
			bool has_value = value != ASSIGN_NO_VALUE;
			flow_set_cost(d->flow, pair->arc, has_value ? -value : 0);
			assign_list_bound(d, pair, has_value);
		}
	}
}

void assign_dense_bound_pair(struct assign_dense *d, struct assign_pair pair, int low, int high)
{
	struct listed *found = assign_list_find(d, pair);

	assert(low >= 0 && low <= high && high <= 1);
	assign_list_row(d, pair.paper);
	int64_t value = d->row[pair.reviewer];
	if (!found)
		found = assign_list_add(d, pair, value);
	found->low = (uint8_t)low;
	found->high = (uint8_t)high;
	assign_list_bound(d, found, value != ASSIGN_NO_VALUE);
}

/* ---- solving ---- */

static int by_reviewer(const void *a, const void *b)
{
	const struct assign_pair *x = a, *y = b;

	return (x->reviewer > y->reviewer) - (x->reviewer < y->reviewer);
}

static void keep_pairs(struct assign_dense *d)
{
	d->n_pairs = 0;
	for (uint32_t p = 0; p < d->p->n_papers; p++) {
		size_t before = d->n_pairs;
		for (uint32_t i = d->first_listed[p]; i != UINT32_MAX; i = d->listed[i].next)
			if (flow_amount(d->flow, d->listed[i].arc) > 0)
				d->pairs[d->n_pairs++] =
					(struct assign_pair){p, d->listed[i].reviewer};
		qsort(&d->pairs[before], d->n_pairs - before, sizeof *d->pairs, by_reviewer);
	}
	d->has_pairs = true;
}

/* Of the reviews a paper wants, as many as come in the first so many of a hundred. */
static uint32_t share_of(uint32_t wanted, uint32_t paper, uint32_t percent)
{
	return (uint32_t)(((uint64_t)wanted * percent + paper * UINT64_C(61) % 100) / 100);
}

static void want_percent(struct assign_dense *d, uint32_t percent)
{
	int64_t sum = 0;

	for (uint32_t p = 0; p < d->p->n_papers; p++) {
		uint32_t n = share_of(d->p->wanted[p], p, percent);
		flow_set_supply(d->flow, p, n);
		sum += n;
	}
	flow_set_supply(d->flow, load_node(d), -sum);
	for (uint32_t r = 0; r < d->p->n_reviewers; r++)
		flow_set_bounds(d->flow, r, percent < 100 ? 0 : (int32_t)d->p->min_load[r],
			(int32_t)most_load(d->p, r));
}

/* Of the pairs listed; those that lead out of a cut join them until there is a flow, or can be
 * none. */
static enum flow_end solve_listed(
	struct assign_dense *d, struct effort *effort, const struct effort_state *state)
{
	for (uint32_t most = FIRST_CROSSING;; most *= 2) {
		enum flow_end end = flow_solve(d->flow, effort, state);
		d->has_started = true;
		if (end != FLOW_INFEASIBLE || assign_list_crossing(d, most) == 0)
			return end;
		if (effort && !effort_go_on(effort, state))
			return FLOW_STOPPED;
	}
}

/*
 * The first time, a part of the reviews first, then more: while reviewers still have room searches
 * are short, and the pairs that the list lacks are found then and not when all are taken. The least
 * loads come last: kept from the beginning they would draw papers that they would lose again.
 */
static void rise(struct assign_dense *d, struct effort *effort, const struct effort_state *state)
{
	static const uint32_t percents[] = {50, 70, 80, 88, 94, 98};
	enum flow_end end = FLOW_OPTIMAL;

	for (size_t i = 0; i < sizeof percents / sizeof percents[0] && end == FLOW_OPTIMAL; i++) {
		want_percent(d, percents[i]);
		end = solve_listed(d, effort, state);
		if (end == FLOW_OPTIMAL)
			(void)assign_list_gaining(d);
	}
	want_percent(d, 100);
}

enum flow_end assign_dense_solve(
	struct assign_dense *d, struct effort *effort, const struct effort_state *state)
{
	d->has_pairs = false;
	if (!d->has_started)
		rise(d, effort, state);
	do {
		enum flow_end end = solve_listed(d, effort, state);
		if (end != FLOW_OPTIMAL)
			return end;
		keep_pairs(d);
		if (assign_list_gaining(d) == 0)
			return end;
	} while (!effort || effort_go_on(effort, state));
	return FLOW_STOPPED;
}

bool assign_dense_has_pairs(const struct assign_dense *d)
{
	return d->has_pairs;
}

const struct assign_pair *assign_dense_pairs(const struct assign_dense *d, size_t *n)
{
	*n = d->n_pairs;
	return d->pairs;
}

/* ---- duals ---- */

int64_t assign_dense_paper_price(const struct assign_dense *d, uint32_t paper)
{
	return flow_price(d->flow, paper) - flow_price(d->flow, load_node(d));
}

int64_t assign_dense_reviewer_price(const struct assign_dense *d, uint32_t reviewer)
{
	return flow_price(d->flow, load_node(d)) - flow_price(d->flow, reviewer_node(d, reviewer));
}

static int by_organisation(const void *a, const void *b)
{
	const struct assign_org_price *x = a, *y = b;

	return (x->organisation > y->organisation) - (x->organisation < y->organisation);
}

size_t assign_dense_org_prices(
	struct arena *a, const struct assign_dense *d, struct assign_org_price **out)
{
	size_t n = 0;

	*out = ARENA_ARRAY(a, d->n_groups, struct assign_org_price);
	for (uint32_t p = 0; p < d->p->n_papers; p++) {
		size_t before = n;
		int64_t base = flow_price(d->flow, p);
		for (uint32_t g = d->first_group[p]; g != UINT32_MAX; g = d->groups[g].next) {
			int64_t price = flow_price(d->flow, d->groups[g].node) - base;
			if (price > 0)
				(*out)[n++] = (struct assign_org_price){
					p, d->org_name[d->groups[g].org], price};
		}
		qsort(&(*out)[before], n - before, sizeof **out, by_organisation);
	}
	return n;
}

/* What the pairs of a paper are worth above their prices. Uses d->row up. */
static int64_t gains_of(struct assign_dense *d, uint32_t paper)
{
	int64_t gains = 0;

	assign_list_row(d, paper);
	assign_list_units(d, paper);
	for (uint32_t i = d->first_listed[paper]; i != UINT32_MAX; i = d->listed[i].next) {
		uint32_t r = d->listed[i].reviewer;
		int64_t value = d->row[r] == ASSIGN_NO_VALUE ? 0 : d->row[r];
		if (d->listed[i].low > 0)
			gains += value - d->unit[org_of(d, r)] + d->relief[r];
		if (d->listed[i].low > 0 || d->listed[i].high == 0)
			d->row[r] = ASSIGN_NO_VALUE;
	}
	for (uint32_t r = 0; r < d->p->n_reviewers; r++) {
		if (d->row[r] == ASSIGN_NO_VALUE)
			continue;
		int64_t gain = d->row[r] - d->unit[org_of(d, r)] + d->relief[r];
		gains += gain > 0 ? gain : 0;
	}
	return gains;
}

int64_t assign_dense_bound(struct assign_dense *d)
{
	const struct assign_problem *p = d->p;
	int64_t bound = 0;

	assign_list_relief(d);
	for (uint32_t i = 0; i < p->n_papers; i++)
		bound += p->wanted[i] * assign_dense_paper_price(d, i) + gains_of(d, i);
	for (uint32_t r = 0; r < p->n_reviewers; r++) {
		int64_t price = assign_dense_reviewer_price(d, r);
		bound += price * (price > 0 ? most_load(p, r) : p->min_load[r]);
	}
	for (uint32_t g = 0; g < d->n_groups; g++) {
		int64_t price = flow_price(d->flow, d->groups[g].node) -
				flow_price(d->flow, d->groups[g].paper);
		bound += price > 0 ? price * p->per_organisation : 0;
	}
	return bound;
}

bool assign_dense_is_cut_paper(const struct assign_dense *d, uint32_t paper)
{
	return flow_is_cut(d->flow, paper);
}

bool assign_dense_is_cut_reviewer(const struct assign_dense *d, uint32_t reviewer)
{
	return flow_is_cut(d->flow, reviewer_node(d, reviewer));
}

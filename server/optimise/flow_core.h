/*
 * The solver of flow.h, once a width: flow.c and flow_wide.c say what FLOW(name), FLOW_STATE,
 * FLOW_ARC, FLOW_COST and FLOW_MAX are and include it. No others do.
 */
#include <assert.h>
#include <string.h>

#include "optimise/flow_search.h"

enum {
	START_ROUNDS = 12, /* of Bellman and Ford: more layers than our networks have */
	ASK_EVERY = 64,    /* searches */
};

/* ---- the network ---- */

FLOW_STATE *FLOW(_make)(void)
{
	return heap_alloc(sizeof(FLOW_STATE));
}

void FLOW(_free)(FLOW_STATE *f)
{
	if (!f)
		return;
	heap_free(f->nodes);
	heap_free(f->supply);
	heap_free(f->is_cut);
	heap_free(f->arcs);
	heap_free(f->amount);
	heap_free(f->forward);
	heap_free(f->halves);
	heap_free(f->first);
	heap_free(f->n_open);
	heap_free(f->touched);
	heap_free(f->heap);
	heap_free(f);
}

static uint32_t grown(uint32_t n)
{
	assert(n < UINT32_MAX / 4);
	return n + n / 4 + 64;
}

uint32_t FLOW(_add_node)(FLOW_STATE *f, int64_t supply)
{
	if (f->n_nodes == f->max_nodes) {
		f->max_nodes = grown(f->max_nodes);
		f->nodes = heap_resize(f->nodes, f->max_nodes * sizeof *f->nodes);
		f->supply = heap_resize(f->supply, f->max_nodes * sizeof *f->supply);
		f->is_cut = heap_resize(f->is_cut, f->max_nodes * sizeof *f->is_cut);
		f->touched = heap_resize(f->touched, f->max_nodes * sizeof *f->touched);
		f->heap = heap_resize(f->heap, f->max_nodes * sizeof *f->heap);
	}
	f->nodes[f->n_nodes] = (struct node){.distance = FLOW_MAX, .place = UNSEEN};
	f->supply[f->n_nodes] = supply;
	f->is_cut[f->n_nodes] = false;
	return f->n_nodes++;
}

uint32_t FLOW(_add_arc)(FLOW_STATE *f, FLOW_ARC arc)
{
	assert(arc.from < f->n_nodes && arc.to < f->n_nodes && arc.low <= arc.high);
	if (f->n_arcs == f->max_arcs) {
		f->max_arcs = grown(f->max_arcs);
		f->arcs = heap_resize(f->arcs, f->max_arcs * sizeof *f->arcs);
		f->amount = heap_resize(f->amount, f->max_arcs * sizeof *f->amount);
		f->forward = heap_resize(f->forward, f->max_arcs * sizeof *f->forward);
	}
	f->arcs[f->n_arcs] = arc;
	f->amount[f->n_arcs] = arc.low;
	return f->n_arcs++;
}

void FLOW(_set_supply)(FLOW_STATE *f, uint32_t node, int64_t supply)
{
	assert(node < f->n_nodes);
	f->supply[node] = supply;
}

void FLOW(_set_bounds)(FLOW_STATE *f, uint32_t arc, int32_t low, int32_t high)
{
	assert(arc < f->n_arcs && low <= high);
	f->arcs[arc].low = low;
	f->arcs[arc].high = high;
}

void FLOW(_set_cost)(FLOW_STATE *f, uint32_t arc, FLOW_COST cost)
{
	assert(arc < f->n_arcs);
	f->arcs[arc].cost = cost;
}

void FLOW(_set_amount)(FLOW_STATE *f, uint32_t arc, int32_t amount)
{
	assert(arc < f->n_arcs);
	f->amount[arc] = amount;
}

void FLOW(_set_price)(FLOW_STATE *f, uint32_t node, FLOW_COST price)
{
	assert(node < f->n_nodes);
	f->nodes[node].price = price;
	f->has_prices = true;
}

int32_t FLOW(_amount)(const FLOW_STATE *f, uint32_t arc)
{
	assert(arc < f->n_arcs);
	return f->amount[arc];
}

FLOW_COST FLOW(_price)(const FLOW_STATE *f, uint32_t node)
{
	assert(node < f->n_nodes);
	return f->nodes[node].price;
}

FLOW_COST FLOW(_total)(const FLOW_STATE *f)
{
	FLOW_COST total = 0;

	for (uint32_t i = 0; i < f->n_arcs; i++)
		total += f->arcs[i].cost * f->amount[i];
	return total;
}

bool FLOW(_is_cut)(const FLOW_STATE *f, uint32_t node)
{
	assert(node < f->n_nodes);
	return f->is_cut[node];
}

uint32_t FLOW(_n_nodes)(const FLOW_STATE *f)
{
	return f->n_nodes;
}

uint32_t FLOW(_n_arcs)(const FLOW_STATE *f)
{
	return f->n_arcs;
}

FLOW_ARC FLOW(_arc)(const FLOW_STATE *f, uint32_t arc)
{
	assert(arc < f->n_arcs);
	return f->arcs[arc];
}

int64_t FLOW(_supply)(const FLOW_STATE *f, uint32_t node)
{
	assert(node < f->n_nodes);
	return f->supply[node];
}

/* ---- the layout ---- */

/* By counting: start[v] is where v's halves begin, then moves on as they are put down. */
static void lay_out(FLOW_STATE *f)
{
	heap_free(f->halves);
	heap_free(f->first);
	heap_free(f->n_open);
	f->n_open = heap_alloc(((size_t)f->n_nodes + 1) * sizeof *f->n_open);
	f->halves = heap_alloc(((size_t)f->n_arcs * 2 + 1) * sizeof *f->halves);
	f->first = heap_alloc(((size_t)f->n_nodes + 2) * sizeof *f->first);
	uint32_t *start = f->first + 1;
	for (uint32_t i = 0; i < f->n_arcs; i++) {
		start[f->arcs[i].from + 1]++;
		start[f->arcs[i].to + 1]++;
	}
	for (uint32_t v = 1; v < f->n_nodes; v++)
		start[v] += start[v - 1];
	for (uint32_t i = 0; i < f->n_arcs; i++) {
		uint32_t there = start[f->arcs[i].from]++, back = start[f->arcs[i].to]++;
		f->forward[i] = there;
		f->halves[there] = (struct half){.to = f->arcs[i].to, .mate = back, .side = 2 * i};
		f->halves[back] =
			(struct half){.to = f->arcs[i].from, .mate = there, .side = 2 * i + 1};
	}
	f->n_laid_arcs = f->n_arcs;
	f->n_laid_nodes = f->n_nodes;
}

/* Backwards: the price of a node is the longest gain to anywhere. Cycles that gain end it early. */
static void find_prices(FLOW_STATE *f)
{
	bool is_settled = false;

	f->has_prices = true;
	for (int round = 0; round < START_ROUNDS && !is_settled; round++) {
		is_settled = true;
		for (uint32_t i = f->n_arcs; i-- > 0;) {
			const FLOW_ARC *arc = &f->arcs[i];
			FLOW_COST price = f->nodes[arc->to].price - arc->cost;
			if (arc->low < arc->high && price > f->nodes[arc->from].price) {
				f->nodes[arc->from].price = price;
				is_settled = false;
			}
		}
	}
}

/* Every amount to where its reduced cost wants it, and what each node then has too much of. */
static void restore(FLOW_STATE *f)
{
	int64_t sum = 0;

	if (!f->has_prices)
		find_prices(f);
	if (!f->first || f->n_laid_arcs != f->n_arcs || f->n_laid_nodes != f->n_nodes)
		lay_out(f);
	for (uint32_t v = 0; v < f->n_nodes; v++) {
		f->nodes[v].excess = f->supply[v];
		f->is_cut[v] = false;
		sum += f->supply[v];
	}
	assert(sum == 0);
	(void)sum;
	for (uint32_t i = 0; i < f->n_arcs; i++) {
		const FLOW_ARC *arc = &f->arcs[i];
		struct node *from = &f->nodes[arc->from], *to = &f->nodes[arc->to];
		struct half *there = &f->halves[f->forward[i]], *back = &f->halves[there->mate];
		FLOW_COST reduced = arc->cost + from->price - to->price;
		int32_t amount = f->amount[i];
		if (reduced > 0 || amount < arc->low)
			amount = arc->low;
		if (reduced < 0 || amount > arc->high)
			amount = arc->high;
		there->left = arc->high - amount;
		back->left = amount - arc->low;
		there->cost = arc->cost;
		back->cost = -arc->cost;
		from->excess -= amount;
		to->excess += amount;
	}
	for (uint32_t v = 0; v < f->n_nodes; v++)
		sort_halves(f, v);
}

static void keep_amounts(FLOW_STATE *f)
{
	for (uint32_t i = 0; i < f->n_arcs; i++)
		f->amount[i] = f->arcs[i].high - f->halves[f->forward[i]].left;
}

/* ---- solving ---- */

enum flow_end FLOW(_solve)(FLOW_STATE *f, struct effort *effort, const struct effort_state *state)
{
	enum flow_end end = FLOW_OPTIMAL;
	uint32_t n_searches = 0;

	restore(f);
	for (uint32_t v = 0; v < f->n_nodes && end == FLOW_OPTIMAL; v++) {
		while (f->nodes[v].excess > 0 && end == FLOW_OPTIMAL) {
			struct search s = search_from(f, v);
			if (s.target == NOWHERE)
				end = FLOW_INFEASIBLE;
			else
				push_along(f, v, &s);
			forget(f, &s);
			if (effort && ++n_searches % ASK_EVERY == 0 && end == FLOW_OPTIMAL &&
				!effort_go_on(effort, state))
				end = FLOW_STOPPED;
		}
	}
	keep_amounts(f);
	return end;
}

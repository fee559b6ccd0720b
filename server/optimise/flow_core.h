/*
 * The solver of flow.h, once a width: flow.c and flow_wide.c say what FLOW(name), FLOW_COST and
 * FLOW_MAX are and include it. No others do.
 *
 * Every arc is two halves, forwards and back, of which each knows how much it can still take. The
 * halves of a node lie side by side; they are laid out anew when arcs came.
 */
#include <assert.h>
#include <string.h>

enum {
	UNSEEN = UINT32_MAX,
	SETTLED = UINT32_MAX - 1,
	NOWHERE = UINT32_MAX,
	START_ROUNDS = 12, /* of Bellman and Ford: more layers than our networks have */
	ASK_EVERY = 64,    /* searches */
	CHILDREN = 4,      /* of an entry of the heap */
};

struct half {
	uint32_t to, mate;
	int32_t left;
	FLOW_COST cost;
};

struct node {
	FLOW_COST price;
	FLOW_COST distance; /* of the present search; FLOW_MAX: not reached */
	int64_t excess;
	uint32_t via;   /* the half by which the search came */
	uint32_t place; /* in the heap; or UNSEEN, SETTLED */
};

struct entry {
	FLOW_COST distance;
	uint32_t node;
};

struct FLOW() {
	uint32_t n_nodes, n_arcs, max_nodes, max_arcs;
	struct node *nodes;
	int64_t *supply;
	bool *is_cut;
	struct FLOW(_arc) *arcs;
	int32_t *amount;
	uint32_t *forward; /* [arc]: its half */
	struct half *halves;
	uint32_t *first;        /* [node], and the end */
	uint32_t n_laid_nodes, n_laid_arcs; /* of the present layout */
	uint32_t *touched, n_touched;
	struct entry *heap;
	uint32_t n_heap;
	bool has_prices;
};

/* ---- the network ---- */

struct FLOW() *FLOW(_make)(void)
{
	return heap_alloc(sizeof(struct FLOW()));
}

void FLOW(_free)(struct FLOW() *f)
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
	heap_free(f->touched);
	heap_free(f->heap);
	heap_free(f);
}

static uint32_t grown(uint32_t n)
{
	assert(n < UINT32_MAX / 4);
	return n + n / 4 + 64;
}

uint32_t FLOW(_add_node)(struct FLOW() *f, int64_t supply)
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

uint32_t FLOW(_add_arc)(struct FLOW() *f, struct FLOW(_arc) arc)
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

void FLOW(_set_supply)(struct FLOW() *f, uint32_t node, int64_t supply)
{
	assert(node < f->n_nodes);
	f->supply[node] = supply;
}

void FLOW(_set_bounds)(struct FLOW() *f, uint32_t arc, int32_t low, int32_t high)
{
	assert(arc < f->n_arcs && low <= high);
	f->arcs[arc].low = low;
	f->arcs[arc].high = high;
}

void FLOW(_set_cost)(struct FLOW() *f, uint32_t arc, FLOW_COST cost)
{
	assert(arc < f->n_arcs);
	f->arcs[arc].cost = cost;
}

void FLOW(_set_amount)(struct FLOW() *f, uint32_t arc, int32_t amount)
{
	assert(arc < f->n_arcs);
	f->amount[arc] = amount;
}

void FLOW(_set_price)(struct FLOW() *f, uint32_t node, FLOW_COST price)
{
	assert(node < f->n_nodes);
	f->nodes[node].price = price;
	f->has_prices = true;
}

int32_t FLOW(_amount)(const struct FLOW() *f, uint32_t arc)
{
	assert(arc < f->n_arcs);
	return f->amount[arc];
}

FLOW_COST FLOW(_price)(const struct FLOW() *f, uint32_t node)
{
	assert(node < f->n_nodes);
	return f->nodes[node].price;
}

FLOW_COST FLOW(_total)(const struct FLOW() *f)
{
	FLOW_COST total = 0;

	for (uint32_t i = 0; i < f->n_arcs; i++)
		total += f->arcs[i].cost * f->amount[i];
	return total;
}

bool FLOW(_is_cut)(const struct FLOW() *f, uint32_t node)
{
	assert(node < f->n_nodes);
	return f->is_cut[node];
}

uint32_t FLOW(_n_nodes)(const struct FLOW() *f)
{
	return f->n_nodes;
}

uint32_t FLOW(_n_arcs)(const struct FLOW() *f)
{
	return f->n_arcs;
}

struct FLOW(_arc) FLOW(_arc)(const struct FLOW() *f, uint32_t arc)
{
	assert(arc < f->n_arcs);
	return f->arcs[arc];
}

int64_t FLOW(_supply)(const struct FLOW() *f, uint32_t node)
{
	assert(node < f->n_nodes);
	return f->supply[node];
}

/* ---- the layout ---- */

/* By counting: start[v] is where v's halves begin, then moves on as they are put down. */
static void lay_out(struct FLOW() *f)
{
	heap_free(f->halves);
	heap_free(f->first);
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
		f->halves[there] = (struct half){.to = f->arcs[i].to, .mate = back};
		f->halves[back] = (struct half){.to = f->arcs[i].from, .mate = there};
	}
	f->n_laid_arcs = f->n_arcs;
	f->n_laid_nodes = f->n_nodes;
}

/* Backwards: the price of a node is the longest gain to anywhere. Cycles that gain end it early. */
static void find_prices(struct FLOW() *f)
{
	bool is_settled = false;

	f->has_prices = true;
	for (int round = 0; round < START_ROUNDS && !is_settled; round++) {
		is_settled = true;
		for (uint32_t i = f->n_arcs; i-- > 0;) {
			const struct FLOW(_arc) *arc = &f->arcs[i];
			FLOW_COST price = f->nodes[arc->to].price - arc->cost;
			if (arc->low < arc->high && price > f->nodes[arc->from].price) {
				f->nodes[arc->from].price = price;
				is_settled = false;
			}
		}
	}
}

/* Every amount to where its reduced cost wants it, and what each node then has too much of. */
static void restore(struct FLOW() *f)
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
		const struct FLOW(_arc) *arc = &f->arcs[i];
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
}

static void keep_amounts(struct FLOW() *f)
{
	for (uint32_t i = 0; i < f->n_arcs; i++)
		f->amount[i] = f->arcs[i].high - f->halves[f->forward[i]].left;
}

/* ---- the heap ---- */

static void heap_put(struct FLOW() *f, uint32_t place, struct entry e)
{
	f->heap[place] = e;
	f->nodes[e.node].place = place;
}

static void heap_rise(struct FLOW() *f, uint32_t place, struct entry e)
{
	while (place > 0) {
		uint32_t up = (place - 1) / CHILDREN;
		if (f->heap[up].distance <= e.distance)
			break;
		heap_put(f, place, f->heap[up]);
		place = up;
	}
	heap_put(f, place, e);
}

static uint32_t heap_pop(struct FLOW() *f)
{
	uint32_t top = f->heap[0].node, place = 0, n = --f->n_heap;
	struct entry e = f->heap[n];

	f->nodes[top].place = SETTLED;
	if (n == 0)
		return top;
	for (;;) {
		uint32_t child = place * CHILDREN + 1, best = child;
		if (child >= n)
			break;
		uint32_t end = child + CHILDREN < n ? child + CHILDREN : n;
		while (++child < end)
			if (f->heap[child].distance < f->heap[best].distance)
				best = child;
		if (f->heap[best].distance >= e.distance)
			break;
		heap_put(f, place, f->heap[best]);
		place = best;
	}
	heap_put(f, place, e);
	return top;
}

/* ---- searching ---- */

struct search {
	uint32_t target; /* NOWHERE: none is in reach */
	FLOW_COST limit; /* its distance */
};

static void reach(struct FLOW() *f, struct search *s, uint32_t v, FLOW_COST distance, uint32_t via)
{
	struct node *node = &f->nodes[v];

	if (node->distance == FLOW_MAX)
		f->touched[f->n_touched++] = v;
	node->distance = distance;
	node->via = via;
	if (node->excess < 0) {
		s->target = v;
		s->limit = distance;
		return;
	}
	heap_rise(f, node->place == UNSEEN ? f->n_heap++ : node->place,
		(struct entry){distance, v});
}

/* The nearest node that lacks something. Nothing farther than the nearest known is looked at. */
static struct search search_from(struct FLOW() *f, uint32_t source)
{
	struct search s = {NOWHERE, FLOW_MAX};

	f->n_touched = f->n_heap = 0;
	reach(f, &s, source, 0, NOWHERE);
	while (f->n_heap > 0 && f->heap[0].distance < s.limit) {
		uint32_t u = heap_pop(f);
		FLOW_COST here = f->nodes[u].distance, base = here + f->nodes[u].price;
		const struct half *end = &f->halves[f->first[u + 1]];
		for (const struct half *h = &f->halves[f->first[u]]; h < end; h++) {
			if (h->left == 0)
				continue;
			const struct node *v = &f->nodes[h->to];
			FLOW_COST distance = base + h->cost - v->price;
			if (distance < v->distance && distance < s.limit)
				reach(f, &s, h->to, distance, (uint32_t)(h - f->halves));
			if (s.limit == here)
				break;
		}
	}
	return s;
}

/* As much as the path takes, and its prices, so that it costs nothing more. */
static void push_along(struct FLOW() *f, uint32_t source, const struct search *s)
{
	int64_t most = f->nodes[source].excess;

	if (most > -f->nodes[s->target].excess)
		most = -f->nodes[s->target].excess;
	for (uint32_t v = s->target; v != source;) {
		const struct half *h = &f->halves[f->nodes[v].via];
		if (most > h->left)
			most = h->left;
		v = f->halves[h->mate].to;
	}
	for (uint32_t v = s->target; v != source;) {
		struct half *h = &f->halves[f->nodes[v].via], *back = &f->halves[h->mate];
		h->left -= (int32_t)most;
		back->left += (int32_t)most;
		v = back->to;
	}
	f->nodes[source].excess -= most;
	f->nodes[s->target].excess += most;
}

static void forget(struct FLOW() *f, const struct search *s)
{
	for (uint32_t i = 0; i < f->n_touched; i++) {
		struct node *node = &f->nodes[f->touched[i]];
		if (s->target == NOWHERE)
			f->is_cut[f->touched[i]] = true;
		else if (node->place == SETTLED)
			node->price += node->distance - s->limit;
		node->distance = FLOW_MAX;
		node->place = UNSEEN;
	}
}

enum flow_end FLOW(_solve)(
	struct FLOW() *f, struct effort *effort, const struct effort_state *state)
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

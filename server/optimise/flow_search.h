/*
 * A part of flow_core.h: the network as a search sees it, and the search.
 *
 * Every arc is two halves, forwards and back, of which each knows how much it can still take. The
 * halves of a node lie side by side, those first that can take any.
 */

enum {
	UNSEEN = UINT32_MAX,
	SETTLED = UINT32_MAX - 1,
	NOWHERE = UINT32_MAX,
	CHILDREN = 4, /* of an entry of the heap */
};

struct half {
	uint32_t to, mate;
	int32_t left;
	uint32_t side; /* twice the number of its arc; and 1 more: back */
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

FLOW_STATE
{
	uint32_t n_nodes, n_arcs, max_nodes, max_arcs;
	struct node *nodes;
	int64_t *supply;
	bool *is_cut;
	FLOW_ARC *arcs;
	int32_t *amount;
	uint32_t *forward; /* [arc]: its half */
	struct half *halves;
	uint32_t *first;                    /* [node], and the end */
	uint32_t *n_open;                   /* [node]: halves that can take any */
	uint32_t n_laid_nodes, n_laid_arcs; /* of the present layout */
	uint32_t *touched, n_touched;
	struct entry *heap;
	uint32_t n_heap;
	bool has_prices;
};

/* ---- halves ---- */

static void half_put(FLOW_STATE *f, uint32_t place, struct half h)
{
	f->halves[place] = h;
	f->halves[h.mate].mate = place;
	if (h.side % 2 == 0)
		f->forward[h.side / 2] = place;
}

static void halves_swap(FLOW_STATE *f, uint32_t a, uint32_t b)
{
	struct half x = f->halves[a], y = f->halves[b];

	if (a == b)
		return;
	if (x.mate == b) { /* a loop has both of them at one node */
		x.mate = a;
		y.mate = b;
	}
	half_put(f, a, y);
	half_put(f, b, x);
}

/* Those that can take any to the front. */
static void sort_halves(FLOW_STATE *f, uint32_t v)
{
	uint32_t open = f->first[v];

	for (uint32_t i = open; i < f->first[v + 1]; i++)
		if (f->halves[i].left > 0)
			halves_swap(f, i, open++);
	f->n_open[v] = open - f->first[v];
}

/* The half at `place` of node v has come to its end, or can take some again. */
static void half_close(FLOW_STATE *f, uint32_t v, uint32_t place)
{
	halves_swap(f, place, f->first[v] + --f->n_open[v]);
}

static void half_open(FLOW_STATE *f, uint32_t v, uint32_t place)
{
	halves_swap(f, place, f->first[v] + f->n_open[v]++);
}

/* ---- the heap ---- */

static void heap_put(FLOW_STATE *f, uint32_t place, struct entry e)
{
	f->heap[place] = e;
	f->nodes[e.node].place = place;
}

static void heap_rise(FLOW_STATE *f, uint32_t place, struct entry e)
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

static uint32_t heap_pop(FLOW_STATE *f)
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

static void reach(FLOW_STATE *f, struct search *s, uint32_t v, FLOW_COST distance, uint32_t via)
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
	heap_rise(
		f, node->place == UNSEEN ? f->n_heap++ : node->place, (struct entry){distance, v});
}

/* The nearest node that lacks something. Nothing farther than the nearest known is looked at. */
static struct search search_from(FLOW_STATE *f, uint32_t source)
{
	struct search s = {NOWHERE, FLOW_MAX};

	f->n_touched = f->n_heap = 0;
	reach(f, &s, source, 0, NOWHERE);
	while (f->n_heap > 0 && f->heap[0].distance < s.limit) {
		uint32_t u = heap_pop(f);
		FLOW_COST here = f->nodes[u].distance, base = here + f->nodes[u].price;
		const struct half *h = &f->halves[f->first[u]], *end = h + f->n_open[u];
		for (; h < end; h++) {
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
static void push_along(FLOW_STATE *f, uint32_t source, const struct search *s)
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
	for (uint32_t v = s->target, u; v != source; v = u) {
		uint32_t there = f->nodes[v].via, back = f->halves[there].mate;
		u = f->halves[back].to;
		f->halves[there].left -= (int32_t)most;
		f->halves[back].left += (int32_t)most;
		if (f->halves[back].left == most)
			half_open(f, v, back);
		if (f->halves[there].left == 0)
			half_close(f, u, there);
	}
	f->nodes[source].excess -= most;
	f->nodes[s->target].excess += most;
}

static void forget(FLOW_STATE *f, const struct search *s)
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

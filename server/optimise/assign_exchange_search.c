/* Finding chains: label correcting with a queue; the labels form a tree, whose paths are chains. */
#include <string.h>
#include "optimise/assign_exchange.h"

enum { MAX_CHAIN = 64, MAX_VISITS = 48 /* of each reviewer in one search, on average */ };

struct link {
	uint32_t place, to;
};

struct exchange_search {
	/* [node]: a reviewer, or last the pool of those with room for more or fewer */
	int64_t *gain; /* of the best chain known that ends here; INT64_MIN: none. One of the next
			  two */
	int64_t *labels, *lengths; /* of cycles, kept from one search to the next; of chains */
	uint32_t *from;            /* the node before; EXCHANGE_NONE: it begins here */
	uint32_t *via; /* the place given up to it; EXCHANGE_NONE: from or to the pool */
	uint32_t *queue;
	bool *is_queued;
	uint32_t n_nodes, head, n_queued;
	/* What is looked for: a cycle when target is EXCHANGE_NONE, else a chain to there. */
	uint32_t target;
	bool is_first;
	bool is_found; /* and done */
};

struct exchange_search *exchange_search_new(struct arena *a, uint32_t n_reviewers)
{
	struct exchange_search *s = ARENA_NEW(a, struct exchange_search);

	s->n_nodes = n_reviewers + 1;
	s->labels = ARENA_ARRAY(a, s->n_nodes, int64_t);
	s->lengths = ARENA_ARRAY(a, s->n_nodes, int64_t);
	s->from = ARENA_ARRAY(a, s->n_nodes, uint32_t);
	s->via = ARENA_ARRAY(a, s->n_nodes, uint32_t);
	s->queue = ARENA_ARRAY(a, s->n_nodes, uint32_t);
	s->is_queued = ARENA_ARRAY(a, s->n_nodes, bool);
	return s;
}

static void enqueue(struct exchange_search *s, uint32_t node)
{
	if (s->is_queued[node])
		return;
	s->is_queued[node] = true;
	s->queue[(s->head + s->n_queued++) % s->n_nodes] = node;
}

static uint32_t dequeue(struct exchange_search *s)
{
	uint32_t node = s->queue[s->head];

	s->head = (s->head + 1) % s->n_nodes;
	s->n_queued--;
	s->is_queued[node] = false;
	return node;
}

/*
 * The node whose best chain promises most (Dijkstra, 1959; the labels of the cycles are the
 * potentials, right as far as no cycle gains), so that a search can end when it comes to the
 * target.
 */
static uint32_t take_nearest(struct exchange_search *s)
{
	uint32_t best = EXCHANGE_NONE;

	for (uint32_t v = 0; v < s->n_nodes; v++)
		if (s->is_queued[v] &&
			(best == EXCHANGE_NONE ||
				s->gain[v] - s->labels[v] > s->gain[best] - s->labels[best]))
			best = v;
	s->is_queued[best] = false;
	s->n_queued--;
	return best;
}

/* ---- making a chain true ---- */

static bool keeps_floors(const struct exchange *e, const struct link *chain, uint32_t n)
{
	const struct assign_problem *p = e->problem;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t paper = e->paper[chain[i].place];
		int64_t score = e->score[paper] + assign_value(p, paper, chain[i].to) -
				assign_value(p, paper, e->reader[chain[i].place]);
		if (score < e->floor[paper] && score < e->score[paper])
			return false;
		for (uint32_t k = 0; k < i; k++)
			if (e->paper[chain[k].place] == paper)
				return false;
	}
	return true;
}

/* Follows the labels from `node` back to `stop`, or to where they begin. 0: longer than a chain may
 * be. */
static uint32_t collect(const struct exchange_search *s, uint32_t node, uint32_t stop,
	struct link *chain, uint32_t n)
{
	for (uint32_t steps = 0; node != stop; node = s->from[node]) {
		if (s->via[node] != EXCHANGE_NONE) {
			if (n == MAX_CHAIN)
				return 0;
			chain[n++] = (struct link){s->via[node], node};
		}
		if (s->from[node] == EXCHANGE_NONE || ++steps > 2 * MAX_CHAIN)
			break;
	}
	return n;
}

static bool apply(struct exchange *e, const struct link *chain, uint32_t n)
{
	if (n == 0 || !keeps_floors(e, chain, n))
		return false;
	for (uint32_t i = 0; i < n; i++)
		exchange_put(e, chain[i].place, chain[i].to);
	return true;
}

/* ---- correcting labels ---- */

enum on_path { FREE, PAPER_TWICE, CLOSES };

/* Does the chain to `u` pass through v, or through that paper? */
static enum on_path look_back(const struct exchange *e, const struct exchange_search *s, uint32_t u,
	uint32_t v, uint32_t place)
{
	enum on_path found = FREE;

	for (;; u = s->from[u]) {
		if (u == v)
			return found == FREE ? CLOSES : found;
		if (place != EXCHANGE_NONE && s->via[u] != EXCHANGE_NONE &&
			e->paper[s->via[u]] == e->paper[place])
			found = PAPER_TWICE;
		if (s->from[u] == EXCHANGE_NONE)
			return found;
	}
}

/* What was labelled along the old readers no longer holds; the labels themselves may stay. */
static void enqueue_touched(
	const struct exchange *e, struct exchange_search *s, const struct link *chain, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t paper = e->paper[chain[i].place];
		for (uint32_t p = e->first_place[paper]; p < e->first_place[paper + 1]; p++)
			enqueue(s, e->reader[p]);
	}
	enqueue(s, s->n_nodes - 1);
}

static void try_cycle(
	struct exchange *e, struct exchange_search *s, uint32_t u, uint32_t v, uint32_t place)
{
	struct link chain[MAX_CHAIN];
	uint32_t n = 0;

	if (place != EXCHANGE_NONE)
		chain[n++] = (struct link){place, v};
	n = collect(s, u, v, chain, n);
	if (!apply(e, chain, n))
		return;
	s->is_found = true;
	enqueue_touched(e, s, chain, n);
}

static void reach_target(struct exchange *e, struct exchange_search *s, uint32_t u, uint32_t place)
{
	s->from[s->target] = u;
	s->via[s->target] = place;
	if (!s->is_first) {
		enqueue(s, s->target);
	} else {
		struct link chain[MAX_CHAIN];
		uint32_t n = collect(s, s->target, EXCHANGE_NONE, chain, 0);
		s->is_found = apply(e, chain, n);
		if (!s->is_found)
			s->gain[s->target] = INT64_MIN;
	}
}

/* The reader u gives way to v at the place, or the pool is one of the two. */
static void relax(struct exchange *e, struct exchange_search *s, uint32_t u, uint32_t v,
	uint32_t place, int64_t gain)
{
	if (gain <= s->gain[v])
		return;
	if (place != EXCHANGE_NONE && !exchange_may_read(e, place, v))
		return;
	switch (look_back(e, s, u, v, place)) {
	case PAPER_TWICE:
		return;
	case CLOSES:
		if (s->target == EXCHANGE_NONE)
			try_cycle(e, s, u, v, place);
		return;
	case FREE:
		break;
	}
	s->gain[v] = gain;
	if (v == s->target) {
		reach_target(e, s, u, place);
		return;
	}
	s->from[v] = u;
	s->via[v] = place;
	enqueue(s, v);
}

/* Minus the square of what a score lacks. */
static int64_t lack(const struct exchange *e, int64_t score)
{
	int64_t lacks = (e->goal - score) >> e->coarse;

	return lacks > 0 ? -lacks * lacks : 0;
}

static void relax_place(struct exchange *e, struct exchange_search *s, uint32_t u, uint32_t place)
{
	const struct assign_problem *p = e->problem;
	uint32_t paper = e->paper[place];
	const int32_t *row = p->affinity + (size_t)paper * p->n_reviewers;
	int64_t old = assign_value(p, paper, u), spare = e->score[paper] - e->floor[paper];
	int64_t least = old - (spare > 0 ? spare : 0);
	int64_t rest = e->score[paper] - old, now = lack(e, e->score[paper]);
	bool is_linear = e->goal == 0 || s->target != EXCHANGE_NONE;

	for (uint32_t i = e->candidates.first[paper]; i < e->candidates.first[paper + 1]; i++) {
		uint32_t v = e->candidates.reviewers[i];
		if (row[v] < least || s->is_found)
			return;
		int64_t gain = is_linear ? row[v] - old : lack(e, rest + row[v]) - now;
		relax(e, s, u, v, place, s->gain[u] + gain);
	}
}

static void relax_pool(struct exchange *e, struct exchange_search *s)
{
	uint32_t pool = s->n_nodes - 1;

	for (uint32_t v = 0; v < pool && !s->is_found; v++)
		if (e->load[v] > e->problem->min_load[v])
			relax(e, s, pool, v, EXCHANGE_NONE, s->gain[pool]);
}

static void relax_reviewer(struct exchange *e, struct exchange_search *s, uint32_t u)
{
	if (e->load[u] < e->problem->max_load[u])
		relax(e, s, u, s->n_nodes - 1, EXCHANGE_NONE, s->gain[u]);
	for (uint32_t place = e->head[u]; place != EXCHANGE_NONE && !s->is_found;
		place = e->next[place])
		if (!e->is_kept[place])
			relax_place(e, s, u, place);
}

static void correct_labels(struct exchange *e, struct exchange_search *s)
{
	uint64_t n_visits = (uint64_t)MAX_VISITS * s->n_nodes;

	while (s->n_queued > 0 && !s->is_found && n_visits-- > 0) {
		bool is_nearest = s->target != EXCHANGE_NONE && !s->is_first;
		uint32_t u = is_nearest ? take_nearest(s) : dequeue(s);
		if (u == s->target)
			return;
		if (u == s->n_nodes - 1)
			relax_pool(e, s);
		else
			relax_reviewer(e, s, u);
		if (s->is_found)
			enqueue(s, u);
	}
}

static void search_begin(struct exchange_search *s, uint32_t target, int64_t *gain)
{
	s->target = target;
	s->is_found = false;
	s->gain = gain;
	memset(s->from, 0xff, s->n_nodes * sizeof *s->from);
	memset(s->via, 0xff, s->n_nodes * sizeof *s->via);
}

static void empty_queue(struct exchange_search *s)
{
	s->head = s->n_queued = 0;
	memset(s->is_queued, 0, s->n_nodes * sizeof *s->is_queued);
}

void exchange_aim(struct exchange *e, int64_t goal)
{
	e->goal = goal;
	e->coarse = 0;
	while (goal >> e->coarse > 1 << 24)
		e->coarse++;
	memset(e->search->labels, 0, e->search->n_nodes * sizeof *e->search->labels);
}

void exchange_label(struct exchange *e, uint32_t reviewer, int64_t price)
{
	e->search->labels[reviewer] = price;
	e->search->labels[e->search->n_nodes - 1] = 0;
}

/* ---- the two searches ---- */

/*
 * Any labels will do to begin with, as around a cycle that gains some label must be too low. The
 * last ones are near to right, so that little is left to correct; and after an exchange only
 * whoever reads a paper it touched has to be looked at again.
 */
uint32_t exchange_improve(struct exchange *e, uint32_t most)
{
	struct exchange_search *s = e->search;
	uint32_t n_found = 0, n_before;

	empty_queue(s);
	do {
		n_before = n_found;
		for (uint32_t v = 0; v < s->n_nodes; v++)
			enqueue(s, v);
		do {
			search_begin(s, EXCHANGE_NONE, s->labels);
			correct_labels(e, s);
			n_found += s->is_found;
		} while (s->is_found && n_found < most);
	} while (n_found > n_before && n_found < most);
	return n_found;
}

/* Whoever may take the place and lift the paper to the goal begins a chain; the one who leaves ends
 * it. */
static void begin_chains(
	struct exchange *e, struct exchange_search *s, uint32_t place, int64_t goal)
{
	const struct assign_problem *p = e->problem;
	uint32_t paper = e->paper[place];
	int64_t old = assign_value(p, paper, e->reader[place]);

	for (uint32_t i = e->candidates.first[paper]; i < e->candidates.first[paper + 1]; i++) {
		uint32_t v = e->candidates.reviewers[i];
		int64_t gain = assign_value(p, paper, v) - old;
		if (e->score[paper] + gain < goal)
			break;
		if (!exchange_may_read(e, place, v))
			continue;
		s->gain[v] = gain;
		s->via[v] = place;
		enqueue(s, v);
	}
}

bool exchange_raise(struct exchange *e, uint32_t paper, int64_t goal, bool is_cheapest)
{
	struct exchange_search *s = e->search;
	struct link best[MAX_CHAIN];
	uint32_t n_best = 0;
	int64_t best_gain = INT64_MIN;

	for (uint32_t place = e->first_place[paper]; place < e->first_place[paper + 1]; place++) {
		if (e->is_kept[place])
			continue;
		for (uint32_t v = 0; v < s->n_nodes; v++)
			s->lengths[v] = INT64_MIN;
		search_begin(s, e->reader[place], s->lengths);
		empty_queue(s);
		s->is_first = !is_cheapest;
		begin_chains(e, s, place, goal);
		correct_labels(e, s);
		if (s->is_found)
			return true;
		if (is_cheapest && s->gain[s->target] > best_gain) {
			struct link chain[MAX_CHAIN];
			uint32_t n = collect(s, s->target, EXCHANGE_NONE, chain, 0);
			if (n > 0 && keeps_floors(e, chain, n)) {
				memcpy(best, chain, n * sizeof *chain);
				n_best = n;
				best_gain = s->gain[s->target];
			}
		}
	}
	return apply(e, best, n_best);
}

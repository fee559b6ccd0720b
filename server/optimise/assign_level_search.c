/* Bounding at the root, then branching: depth first, each time on the paper that falls short most.
 */
#include <math.h>
#include <string.h>
#include "optimise/assign_level.h"

enum { AT_ONCE = 64, STEPS_A_BRANCH = 6, MIN_STEPS = 8 };

/* ---- from below: mending ---- */

static bool go_on(struct effort *effort, const struct level_search *s, double done)
{
	struct effort_state state = {.done = done,
		.doing = "weighing papers",
		.value = s->total < 0 ? NAN : (double)s->total,
		.bound = s->bound == LEVEL_NO_BOUND ? NAN : (double)s->bound};

	return !effort || effort_go_on(effort, &state);
}

static bool reaches_goal(const struct exchange *e, int64_t goal)
{
	for (uint32_t paper = 0; paper < e->problem->n_papers; paper++)
		if (e->score[paper] < goal)
			return false;
	return true;
}

/* Lifts whoever is below the goal, the lowest first, while the others keep to it. */
static bool mend(struct exchange *e, int64_t goal)
{
	for (uint32_t paper = 0; paper < e->problem->n_papers; paper++)
		e->floor[paper] = goal;
	for (uint32_t paper = 0; paper < e->problem->n_papers; paper++)
		if (e->score[paper] < goal && !exchange_raise(e, paper, goal, true))
			return false;
	return reaches_goal(e, goal);
}

static void try_pairs(
	struct level *l, struct exchange *e, struct level_search *s, struct effort *effort)
{
	size_t n;

	exchange_load(e, assign_dense_pairs(l->dense, &n));
	int64_t unit = l->is_blind ? l->max_weight : l->scale;
	for (uint32_t r = 0; r < l->problem->n_reviewers; r++)
		exchange_label(e, r, assign_dense_reviewer_price(l->dense, r) / unit);
	if (!mend(e, s->goal))
		return;
	while (exchange_improve(e, AT_ONCE) == AT_ONCE && go_on(effort, s, 0))
		;
	if (e->total > s->total) {
		s->total = e->total;
		exchange_save(e, s->pairs);
	}
}

static bool is_settled(const struct level_search *s)
{
	return s->total >= 0 && (s->is_any || s->total >= s->bound);
}

/* ---- the root ---- */

/* What the steps aim at while nothing is known from below. */
static int64_t target_of(const struct level *l, const struct level_search *s, int64_t bound)
{
	if (s->total >= 0)
		return s->total;
	return bound - (int64_t)l->problem->n_papers * (l->goal / 64) - 1;
}

static void copy_weights(const struct level *l, int64_t *to)
{
	memcpy(to, l->weight, l->problem->n_papers * sizeof *to);
}

/* Returns false when the search is over: settled, impossible, or out of time. */
static bool search_root(struct level *l, struct exchange *e, struct level_search *s,
	struct effort *effort, int64_t *best_weight)
{
	double pace = 1;
	uint32_t n_worse = 0;

	for (uint32_t step = 0; step < s->n_root; step++) {
		int64_t bound;
		enum flow_end end = level_solve(l, effort, &bound);
		if (end == FLOW_INFEASIBLE)
			s->bound = -1;
		if (end != FLOW_OPTIMAL)
			return false;
		if (s->is_any && bound < 0) {
			s->bound = -1;
			return false;
		}
		n_worse++;
		if (bound < s->bound) {
			s->bound = bound;
			copy_weights(l, best_weight);
			n_worse = 0;
		}
		try_pairs(l, e, s, effort);
		if (is_settled(s) || !go_on(effort, s, (double)step / s->n_root))
			return false;
		if (n_worse >= MIN_STEPS) {
			pace /= 2;
			n_worse = 0;
		}
		if (pace < 1e-3)
			break;
		level_step(l, bound, target_of(l, s, bound), pace);
	}
	return true;
}

/* ---- branching ---- */

struct branch {
	struct assign_pair pair;
	size_t mark;    /* of the trail before it */
	int64_t bound;  /* of where it began */
	bool is_second; /* the other way has been seen */
	enum level_pair state;
};

/* The reader to decide about: of the paper that contradicts its weight most. False: none does. */
static bool choose_branch(const struct level *l, int64_t goal, struct branch *out)
{
	const struct assign_problem *p = l->problem;
	size_t n, n_wanted = 0;
	const struct assign_pair *pairs = assign_dense_pairs(l->dense, &n);
	double most = 0;

	for (uint32_t paper = 0; paper < p->n_papers; n_wanted += p->wanted[paper++]) {
		int64_t over = l->score[paper] - goal;
		double wrong = over < 0 ? (double)-over * (double)l->scale * 4
					: (double)over * (double)l->weight[paper];
		if (wrong <= most)
			continue;
		uint32_t best = UINT32_MAX;
		for (size_t i = n_wanted; i < n_wanted + p->wanted[paper]; i++) {
			uint32_t r = pairs[i].reviewer;
			bool is_free = l->state[(size_t)paper * p->n_reviewers + r] == LEVEL_FREE;
			if (is_free && (best == UINT32_MAX ||
					       (assign_value(p, paper, r) <
						       assign_value(p, paper, best)) == (over < 0)))
				best = r;
		}
		if (best == UINT32_MAX)
			continue;
		most = wrong;
		out->pair = (struct assign_pair){paper, best};
		out->state = LEVEL_BARRED;
	}
	return most > 0;
}

/* Bounds where the search stands. False: nothing better is to be found below. */
static bool bound_branch(struct level *l, struct exchange *e, struct level_search *s,
	struct effort *effort, int64_t *bound, uint32_t *n_left)
{
	*bound = LEVEL_NO_BOUND;
	for (int step = 0; step<STEPS_A_BRANCH && * n_left> 0; step++) {
		int64_t now;
		(*n_left)--;
		enum flow_end end = level_solve(l, effort, &now);
		if (end == FLOW_INFEASIBLE || (end == FLOW_OPTIMAL && s->is_any && now < 0))
			return false;
		if (end == FLOW_STOPPED)
			*n_left = 0;
		if (end == FLOW_STOPPED)
			return true;
		*bound = now < *bound ? now : *bound;
		if (step == 0)
			try_pairs(l, e, s, effort);
		if (is_settled(s) || (!s->is_any && *bound <= s->total))
			return false;
		if (step + 1 < STEPS_A_BRANCH)
			level_step(l, now, target_of(l, s, now), 0.5);
	}
	return true;
}

struct tree {
	struct branch *branches;
	uint32_t n, max;
	uint32_t n_left; /* assignments still to solve */
};

static void push(struct tree *t, struct branch b)
{
	if (t->n == t->max) {
		t->max = t->max ? 2 * t->max : 64;
		t->branches = heap_resize(t->branches, t->max * sizeof *t->branches);
	}
	t->branches[t->n++] = b;
}

/* Takes the other way of the last branch that has one. False: there is none, all has been seen. */
static bool turn_back(struct level *l, struct level_search *s, struct tree *t)
{
	while (t->n > 0) {
		struct branch *b = &t->branches[t->n - 1];
		level_undo(l, b->mark);
		if (!b->is_second && (s->is_any || b->bound > s->total)) {
			b->is_second = true;
			b->state = b->state == LEVEL_BARRED ? LEVEL_FORCED : LEVEL_BARRED;
			if (level_decide(l, b->pair, b->state))
				return true;
			continue;
		}
		t->n--;
	}
	return false;
}

/* Returns whether all was seen. */
static bool search_tree(struct level *l, struct exchange *e, struct level_search *s,
	struct effort *effort, struct tree *t)
{
	do {
		struct branch next = {.mark = l->n_trail};
		bool is_open = bound_branch(l, e, s, effort, &next.bound, &t->n_left);
		if (s->is_any && s->total >= 0)
			return true;
		if (t->n_left == 0 || !go_on(effort, s, 0.5))
			return false;
		if (is_open && choose_branch(l, s->goal, &next)) {
			push(t, next);
			if (level_decide(l, next.pair, next.state))
				continue;
		} else if (is_open) {
			return false;
		}
		if (!turn_back(l, s, t))
			return true;
	} while (true);
}

/* The highest bound of what was left unseen. */
static int64_t open_bound(const struct tree *t, const struct level_search *s)
{
	int64_t bound = s->total;

	for (uint32_t i = 0; i < t->n; i++)
		bound = t->branches[i].bound > bound ? t->branches[i].bound : bound;
	return t->n == 0 || bound > s->bound ? s->bound : bound;
}

void level_search(
	struct level *l, struct exchange *e, struct level_search *s, struct effort *effort)
{
	struct tree tree = {.n_left = s->n_branch};
	int64_t *best_weight = heap_alloc(l->problem->n_papers * sizeof *best_weight + 1);

	level_begin(l, s->is_any);
	if (!level_set(l, s->goal)) {
		s->bound = -1;
	} else if (search_root(l, e, s, effort, best_weight) && s->n_branch > 0) {
		memcpy(l->weight, best_weight, l->problem->n_papers * sizeof *best_weight);
		bool is_done = search_tree(l, e, s, effort, &tree);
		if (is_done)
			s->bound = s->total;
		else if (!s->is_any)
			s->bound = open_bound(&tree, s);
	}
	if (s->is_any && s->bound != -1)
		s->bound = LEVEL_NO_BOUND;
	heap_free(tree.branches);
	heap_free(best_weight);
}

/*
 * Fairness: the highest lowest paper, then either the highest total (maximin) or the next lowest
 * papers (leximin).
 */
#include <math.h>
#include <string.h>
#include "optimise/assign.h"
#include "optimise/assign_climb.h"
#include "optimise/assign_level.h"

/* How much is done, by how long one assignment of that size takes. Steps, so that it can be
 * repeated. */
struct budget {
	uint32_t n_bound;                      /* assignments to bound the lowest with */
	uint32_t n_goals;                      /* tried by exchanges */
	uint32_t n_searches, n_root, n_branch; /* goals searched for; assignments for each */
	uint32_t n_total_root, n_total_branch; /* assignments for the total */
	uint32_t n_kicks;
};

static struct budget budget_of(const struct assign_problem *p)
{
	size_t n = (size_t)p->n_papers * p->n_reviewers;

	if (n <= 1000)
		return (struct budget){40, 20, 24, 40, 60, 160, 1200, 100};
	if (n <= 40000)
		return (struct budget){60, 14, 0, 0, 0, 60, 120, 20};
	if (n <= 400000)
		return (struct budget){30, 10, 0, 0, 0, 30, 0, 2};
	return (struct budget){6, 8, 0, 0, 0, 12, 0, 0};
}

enum { FEW = 300 };

struct fairness {
	const struct assign_problem *problem;
	struct arena *own;
	struct exchange *exchange;
	struct level *level;
	struct effort *effort;
	struct budget budget;
	struct assign_pair *pairs;    /* the best so far */
	int64_t total, lowest, bound; /* of them; and what the lowest cannot exceed */
	int64_t total_bound;
	struct effort_state state;
};

static void take(struct fairness *f)
{
	const struct exchange *e = f->exchange;

	exchange_save(e, f->pairs);
	f->total = e->total;
	f->lowest = e->problem->n_papers > 0 ? e->score[0] : 0;
	for (uint32_t paper = 0; paper < e->problem->n_papers; paper++)
		f->lowest = e->score[paper] < f->lowest ? e->score[paper] : f->lowest;
}

/* ---- the lowest paper ---- */

/* Some pairs that reach the goal, or a proof that there are none, or neither. */
static bool try_goal(struct fairness *f, int64_t goal)
{
	struct level_search s = {.goal = goal,
		.n_root = f->budget.n_root,
		.n_branch = f->budget.n_branch,
		.is_any = true,
		.pairs = ARENA_ARRAY(f->own, f->exchange->n_places, struct assign_pair),
		.total = -1,
		.bound = LEVEL_NO_BOUND};

	level_search(f->level, f->exchange, &s, f->effort);
	if (s.total >= 0) {
		exchange_load(f->exchange, s.pairs);
		climb_lowest(f->exchange, f->bound, UINT32_MAX, f->effort);
		take(f);
		return true;
	}
	if (s.bound == -1)
		f->bound = goal - 1;
	return false;
}

/* Halves what lies between the lowest and a ceiling by exchanges alone. */
static void raise_by_exchanges(struct fairness *f)
{
	int64_t ceiling = f->bound;

	for (uint32_t i = 0; i < f->budget.n_goals && f->lowest < ceiling; i++) {
		int64_t goal = i == 0 ? ceiling : f->lowest + (ceiling - f->lowest + 1) / 2;
		exchange_load(f->exchange, f->pairs);
		if (!climb_towards(f->exchange, goal, f->effort))
			ceiling = goal - 1;
		if (climb_lowest(f->exchange, f->bound, UINT32_MAX, f->effort) > f->lowest)
			take(f);
		if (f->effort && !effort_go_on(f->effort, &f->state))
			return;
	}
}

/* No paper is above the mean when it is the lowest. */
static void bound_by_mean(struct fairness *f)
{
	const struct assign_problem *p = f->problem;
	int64_t mean = f->total_bound / (p->n_papers > 0 ? p->n_papers : 1);

	f->bound = mean < f->bound ? mean : f->bound;
}

static void bound_by_weights(struct fairness *f)
{
	int64_t bound = level_bound_lowest(f->level, f->lowest + 1, f->budget.n_bound, f->effort);

	f->bound = bound < f->bound ? bound : f->bound;
}

/* Goals neither reached nor refuted end the search there; what is between is told by the bound. */
static void raise_lowest(struct fairness *f)
{
	f->state = (struct effort_state){.doing = "raising the lowest",
		.value = (double)f->lowest,
		.bound = (double)f->bound};
	/* A few papers are served badly, or all want the same reviewers: the first is soon mended.
	 */
	if (climb_lowest(f->exchange, f->bound, FEW, f->effort) > f->lowest)
		take(f);
	bound_by_mean(f);
	raise_by_exchanges(f);
	if (f->lowest < f->bound)
		bound_by_weights(f);
	int64_t ceiling = f->bound; /* the highest goal not given up */
	for (uint32_t i = 0; i < f->budget.n_searches && f->lowest < ceiling; i++) {
		int64_t goal = i == 0 ? ceiling : f->lowest + (ceiling - f->lowest + 1) / 2;
		if (!try_goal(f, goal))
			ceiling = goal - 1;
		if (ceiling > f->bound)
			ceiling = f->bound;
		if (f->effort && !effort_go_on(f->effort, &f->state))
			return;
	}
}

/* ---- the total ---- */

static int64_t raise_total(struct fairness *f, int64_t bound)
{
	exchange_load(f->exchange, f->pairs);
	climb_total(f->exchange, f->lowest, f->effort);
	take(f);
	struct level_search s = {.goal = f->lowest,
		.n_root = f->budget.n_total_root,
		.n_branch = f->budget.n_total_branch,
		.pairs = f->pairs,
		.total = f->total,
		.bound = bound};
	if (f->total < bound)
		level_search(f->level, f->exchange, &s, f->effort);
	exchange_load(f->exchange, f->pairs);
	take(f);
	return s.bound;
}

/* ---- the two ---- */

static void fill_result(struct arena *a, struct fairness *f, struct assign_solution *out)
{
	out->pairs = ARENA_ARRAY(a, f->exchange->n_places, struct assign_pair);
	out->n_pairs = f->exchange->n_places;
	memcpy(out->pairs, f->pairs, out->n_pairs * sizeof *out->pairs);
	out->total = f->total;
	out->min_paper = f->lowest;
	out->min_paper_bound = f->bound;
	out->is_certified = out->total == out->total_bound;
}

enum aim { MAXIMIN, LEXIMIN };

static enum rc make_fair(struct arena *a, const struct assign_problem *p, enum aim aim,
	struct effort *effort, struct assign_solution *out, struct err *err)
{
	struct fairness f = {.problem = p, .effort = effort, .budget = budget_of(p)};

	TRY(assign_best(a, p, effort, out, err));
	f.own = arena_new();
	f.exchange = exchange_new(f.own, p, out->pairs);
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		exchange_label(f.exchange, r, out->reviewer_price[r]);
	f.pairs = ARENA_ARRAY(f.own, f.exchange->n_places, struct assign_pair);
	f.level = level_new(p);
	f.bound = out->min_paper_bound;
	f.total_bound = out->total_bound;
	take(&f);
	raise_lowest(&f);
	out->fair_total_bound = raise_total(&f, out->total_bound);
	if (aim == LEXIMIN) {
		struct rng rng;
		rng_seed(&rng, effort ? effort->seed : 0);
		if (climb_all(f.exchange, effort))
			climb_again(f.exchange, f.budget.n_kicks, &rng, effort);
		take(&f);
	}
	fill_result(a, &f, out);
	level_free(f.level);
	arena_free(f.own);
	return OK;
}

enum rc assign_fair(struct arena *a, const struct assign_problem *p, struct effort *effort,
	struct assign_solution *out, struct err *err)
{
	return make_fair(a, p, LEXIMIN, effort, out, err);
}

enum rc assign_maximin(struct arena *a, const struct assign_problem *p, struct effort *effort,
	struct assign_solution *out, struct err *err)
{
	return make_fair(a, p, MAXIMIN, effort, out, err);
}

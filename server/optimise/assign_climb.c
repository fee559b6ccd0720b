#include "optimise/assign_climb.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GOALS = 6, AT_ONCE = 64 /* exchanges between two looks at the clock */ };

static bool may_go_on(struct effort *effort)
{
	struct effort_state state = {.doing = "exchanging", .value = NAN, .bound = NAN};

	return !effort || effort_go_on(effort, &state);
}

static void improve(struct exchange *e, struct effort *effort)
{
	while (exchange_improve(e, AT_ONCE) == AT_ONCE && may_go_on(effort))
		;
}

static uint32_t lowest_paper(const struct exchange *e, const bool *is_settled)
{
	uint32_t best = UINT32_MAX;

	for (uint32_t paper = 0; paper < e->problem->n_papers; paper++)
		if (!(is_settled && is_settled[paper]) &&
			(best == UINT32_MAX || e->score[paper] < e->score[best]))
			best = paper;
	return best;
}

/*
 * One exchange that raises the paper. Those who give must stay above where it was: high goals are
 * tried first, with the floors of the others as high, so that few steps lead far.
 */
static bool raise_paper(struct exchange *e, uint32_t paper, int64_t goal, const bool *is_settled)
{
	const struct assign_problem *p = e->problem;
	int64_t score = e->score[paper];

	for (int i = 0; i <= GOALS; i++) {
		int64_t aim = i == GOALS ? score + 1 : score + ((goal - score) >> i);
		if (aim <= score)
			continue;
		for (uint32_t other = 0; other < p->n_papers; other++)
			if (!(is_settled && is_settled[other]))
				e->floor[other] = e->score[other] < aim ? e->score[other] : aim;
		if (exchange_raise(e, paper, aim, i == 0))
			return true;
	}
	return false;
}

int64_t climb_lowest(struct exchange *e, int64_t goal, uint32_t most, struct effort *effort)
{
	if (e->problem->n_papers == 0)
		return goal;
	while (true) {
		uint32_t paper = lowest_paper(e, NULL);
		if (e->score[paper] >= goal || most-- == 0 || !may_go_on(effort) ||
			!raise_paper(e, paper, goal, NULL))
			return e->score[paper];
	}
}

bool climb_towards(struct exchange *e, int64_t goal, struct effort *effort)
{
	uint32_t n = e->problem->n_papers;
	bool is_reached = true;

	if (goal <= 0)
		return true;
	memset(e->floor, 0, n * sizeof *e->floor);
	exchange_aim(e, goal);
	improve(e, effort);
	exchange_aim(e, 0);
	for (uint32_t paper = 0; paper < n; paper++)
		is_reached = is_reached && e->score[paper] >= goal;
	return is_reached;
}

/* The best sum that the paper could have if it were alone; its organisations left aside. */
static int64_t best_alone(const struct exchange *e, uint32_t paper)
{
	const struct assign_problem *p = e->problem;
	uint32_t n = 0;
	int64_t best = 0;

	for (uint32_t place = e->first_place[paper]; place < e->first_place[paper + 1]; place++)
		if (e->is_kept[place]) {
			best += assign_value(p, paper, e->reader[place]);
			n++;
		}
	for (uint32_t i = e->candidates.first[paper];
		i < e->candidates.first[paper + 1] && n < p->wanted[paper]; i++) {
		uint32_t v = e->candidates.reviewers[i];
		bool is_counted = false;
		for (uint32_t s = e->first_place[paper]; s < e->first_place[paper + 1]; s++)
			is_counted |= e->is_kept[s] && e->reader[s] == v;
		if (is_counted)
			continue;
		best += assign_value(p, paper, v);
		n++;
	}
	return best;
}

bool climb_all(struct exchange *e, struct effort *effort)
{
	uint32_t n = e->problem->n_papers, n_settled = 0;
	bool *is_settled = heap_alloc(n + 1);
	struct effort_state state = {.doing = "raising papers", .value = NAN, .bound = NAN};
	bool is_done = true;

	while (n_settled < n && is_done) {
		uint32_t paper = lowest_paper(e, is_settled);
		if (!raise_paper(e, paper, best_alone(e, paper), is_settled)) {
			is_settled[paper] = true;
			e->floor[paper] = e->score[paper];
			n_settled++;
		}
		state.done = (double)n_settled / n;
		is_done = !effort || effort_go_on(effort, &state);
	}
	heap_free(is_settled);
	return is_done;
}

static void copy_scores(const struct exchange *e, int64_t *to)
{
	memcpy(to, e->score, e->problem->n_papers * sizeof *to);
}

/* Some papers win at the cost of any others. */
static void kick(struct exchange *e, struct rng *rng)
{
	uint32_t n = e->problem->n_papers, n_raised = 1 + rng_below(rng, 3);

	memset(e->floor, 0, n * sizeof *e->floor);
	for (uint32_t i = 0; i < n_raised; i++) {
		uint32_t paper = rng_below(rng, n);
		(void)exchange_raise(e, paper, e->score[paper] + 1, rng_below(rng, 2));
	}
}

void climb_again(struct exchange *e, uint32_t n_kicks, struct rng *rng, struct effort *effort)
{
	uint32_t n = e->problem->n_papers;
	struct assign_pair *best = heap_alloc(((size_t)e->n_places + 1) * sizeof *best);
	int64_t *best_scores = heap_alloc(((size_t)n + 1) * sizeof *best_scores);
	int64_t *scores = heap_alloc(((size_t)n + 1) * sizeof *scores);

	exchange_save(e, best);
	copy_scores(e, best_scores);
	for (uint32_t i = 0; i < n_kicks && n > 0; i++) {
		kick(e, rng);
		bool is_done = climb_all(e, effort);
		copy_scores(e, scores);
		if (is_fairer(best_scores, scores, n)) {
			exchange_load(e, best);
		} else {
			exchange_save(e, best);
			memcpy(best_scores, scores, n * sizeof *scores);
		}
		if (!is_done)
			break;
	}
	heap_free(best);
	heap_free(best_scores);
	heap_free(scores);
}

void climb_total(struct exchange *e, int64_t level, struct effort *effort)
{
	for (uint32_t paper = 0; paper < e->problem->n_papers; paper++)
		e->floor[paper] = level;
	improve(e, effort);
}

static int ascending(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

bool is_fairer(int64_t *a, int64_t *b, uint32_t n)
{
	qsort(a, n, sizeof *a, ascending);
	qsort(b, n, sizeof *b, ascending);
	for (uint32_t i = 0; i < n; i++)
		if (a[i] != b[i])
			return a[i] > b[i];
	return false;
}

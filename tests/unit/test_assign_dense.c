/* What fairness, repair and explanation build on: values of one's own, single pairs, warm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "assign_small.h"
#include "optimise/assign_dense.h"

/* Weighted by paper, as fairness does; negative for some. */
struct weights {
	const struct assign_problem *p;
	int64_t weight[MAX_PAPERS];
};

static void weighted_row(void *arg, uint32_t paper, int64_t *values)
{
	const struct weights *w = arg;
	for (uint32_t r = 0; r < w->p->n_reviewers; r++)
		values[r] =
			w->weight[paper] * w->p->affinity[paper * w->p->n_reviewers + r] / 50000;
}

/* The same by bending the instance: trying everything knows affinities only. */
static int64_t tried_weighted(struct small small, const struct weights *w)
{
	uint32_t load[MAX_REVIEWERS] = {0};
	small.p.affinity = small.affinity;
	for (uint32_t i = 0; i < small.p.n_papers * small.p.n_reviewers; i++)
		if (small.affinity[i] != ASSIGN_BARRED)
			small.affinity[i] = (int32_t)(w->weight[i / small.p.n_reviewers] *
						      small.affinity[i] / 50000);
	return tried(&small.p, 0, load, 0);
}

static int64_t total_of(const struct assign_dense *d, const struct weights *w)
{
	size_t n;
	int64_t total = 0, values[MAX_REVIEWERS];
	const struct assign_pair *pairs = assign_dense_pairs(d, &n);
	for (size_t i = 0; i < n; i++) {
		weighted_row((void *)(uintptr_t)w, pairs[i].paper, values);
		if (w->p->affinity[pairs[i].paper * w->p->n_reviewers + pairs[i].reviewer] !=
			ASSIGN_BARRED)
			total += values[pairs[i].reviewer];
	}
	return total;
}

static void new_values_are_solved_warm(void **state)
{
	(void)state;
	struct rng r;
	struct small small;
	struct weights w = {.p = &small.p};
	rng_seed(&r, 15);
	for (int i = 0; i < 300; i++) {
		draw(&r, &small);
		if (!assign_is_plausible(&small.p))
			continue;
		struct assign_dense *d =
			assign_dense_new(&small.p, (struct assign_values){weighted_row, &w});
		for (int change = 0; change < 4; change++) {
			for (uint32_t k = 0; k < MAX_PAPERS; k++)
				w.weight[k] = rng_below(&r, 30);
			assign_dense_revalue(d);
			int64_t best = tried_weighted(small, &w);
			enum flow_end end = assign_dense_solve(d, NULL, NULL);
			assert_int_equal(end, best < 0 ? FLOW_INFEASIBLE : FLOW_OPTIMAL);
			if (end != FLOW_OPTIMAL)
				continue;
			assert_int_equal(total_of(d, &w), best);
			assert_int_equal(assign_dense_bound(d), best);
		}
		assign_dense_free(d);
	}
}

/* Barring a pair is the same as an instance in which it is barred; forcing, as one that keeps it.
 */
static void single_pairs_are_barred_and_forced(void **state)
{
	(void)state;
	struct rng r;
	struct small small;
	rng_seed(&r, 16);
	for (int i = 0; i < 300; i++) {
		draw(&r, &small);
		small.p.n_kept = 0;
		if (!assign_is_plausible(&small.p))
			continue;
		struct assign_dense *d = assign_dense_new(&small.p, assign_affinities(&small.p));
		for (int change = 0; change < 4; change++) {
			uint32_t load[MAX_REVIEWERS] = {0};
			struct assign_pair pair = {rng_below(&r, small.p.n_papers),
				rng_below(&r, small.p.n_reviewers)};
			bool is_forced = rng_below(&r, 2) == 0;
			int32_t *at =
				&small.affinity[pair.paper * small.p.n_reviewers + pair.reviewer];
			int32_t was = *at;
			assign_dense_bound_pair(d, pair, is_forced, is_forced);
			enum flow_end end = assign_dense_solve(d, NULL, NULL);
			if (is_forced)
				small.kept[small.p.n_kept++] = pair;
			else
				*at = ASSIGN_BARRED;
			int64_t best = tried(&small.p, 0, load, 0);
			*at = was;
			small.p.n_kept = 0;
			assert_int_equal(end, best < 0 ? FLOW_INFEASIBLE : FLOW_OPTIMAL);
			if (end == FLOW_OPTIMAL)
				assert_int_equal(assign_dense_bound(d), best);
			assign_dense_bound_pair(d, pair, 0, 1);
		}
		assign_dense_free(d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_values_are_solved_warm),
		cmocka_unit_test(single_pairs_are_barred_and_forced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

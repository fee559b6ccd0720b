/* Fair assignments: against all assignments of tiny problems, and that the bounds are bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include "assign_brute.h"

enum { N_PROBLEMS = 400 };

/* ---- all of them ---- */

struct fairest {
	const struct assign_problem *p;
	size_t n_seen;
	int64_t scores[BRUTE_MAX_PAPERS]; /* the leximin best, ascending */
	int64_t lowest, total;            /* the maximin best */
};

static int ascending(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

static int64_t sorted_scores(
	const struct assign_problem *p, const struct assign_pair *pairs, size_t n, int64_t *scores)
{
	int64_t total = 0;

	memset(scores, 0, BRUTE_MAX_PAPERS * sizeof *scores);
	for (size_t i = 0; i < n; i++) {
		int64_t value = brute_value(p, pairs[i].paper, pairs[i].reviewer);
		scores[pairs[i].paper] += value;
		total += value;
	}
	qsort(scores, p->n_papers, sizeof *scores, ascending);
	return total;
}

static void compare(void *arg, const struct assign_pair *pairs, size_t n)
{
	struct fairest *f = arg;
	int64_t scores[BRUTE_MAX_PAPERS], total = sorted_scores(f->p, pairs, n, scores);
	uint32_t i = 0;

	if (f->n_seen == 0 || scores[0] > f->lowest ||
		(scores[0] == f->lowest && total > f->total)) {
		f->lowest = scores[0];
		f->total = total;
	}
	while (i < f->p->n_papers && scores[i] == f->scores[i])
		i++;
	if (f->n_seen == 0 || (i < f->p->n_papers && scores[i] > f->scores[i]))
		memcpy(f->scores, scores, sizeof scores);
	f->n_seen++;
}

/* ---- the tests ---- */

static void a_fair_one_is_the_leximin_best_of_all(void **state)
{
	(void)state;
	struct rng rng;
	size_t n_solved = 0;

	rng_seed(&rng, 7);
	for (int i = 0; i < N_PROBLEMS; i++) {
		struct arena *a = arena_new();
		struct assign_problem p;
		struct assign_solution s;
		struct err err = err_in(a);
		struct fairest best = {.p = &p};
		brute_make(a, &rng, &p);
		brute_each(&p, compare, &best);
		enum rc rc = assign_fair(a, &p, NULL, &s, &err);
		assert_int_equal(rc, best.n_seen > 0 ? OK : CONFLICT);
		if (rc == OK) {
			int64_t scores[BRUTE_MAX_PAPERS];
			int64_t total = sorted_scores(&p, s.pairs, s.n_pairs, scores);
			assert_int_equal(total, s.total);
			assert_int_equal(scores[0], s.min_paper);
			for (uint32_t k = 0; k < p.n_papers; k++)
				assert_int_equal(scores[k], best.scores[k]);
			assert_true(s.min_paper_bound >= best.lowest);
			assert_int_equal(assign_verify(&p, &s, &err), OK);
			n_solved++;
		}
		arena_free(a);
	}
	assert_in_range(n_solved, N_PROBLEMS / 4, N_PROBLEMS);
}

static void maximin_has_the_highest_total_of_those_with_the_best_lowest(void **state)
{
	(void)state;
	struct rng rng;
	size_t n_proved = 0, n_solved = 0;

	rng_seed(&rng, 8);
	for (int i = 0; i < N_PROBLEMS; i++) {
		struct arena *a = arena_new();
		struct assign_problem p;
		struct assign_solution s;
		struct err err = err_in(a);
		struct fairest best = {.p = &p};
		brute_make(a, &rng, &p);
		brute_each(&p, compare, &best);
		enum rc rc = assign_maximin(a, &p, NULL, &s, &err);
		assert_int_equal(rc, best.n_seen > 0 ? OK : CONFLICT);
		if (rc == OK) {
			assert_int_equal(s.min_paper, best.lowest);
			assert_int_equal(s.total, best.total);
			assert_true(s.min_paper_bound >= s.min_paper);
			assert_true(s.fair_total_bound >= s.total);
			assert_true(s.fair_total_bound <= s.total_bound);
			assert_int_equal(assign_verify(&p, &s, &err), OK);
			n_solved++;
			n_proved +=
				s.min_paper_bound == s.min_paper && s.fair_total_bound == s.total;
		}
		arena_free(a);
	}
	assert_true(n_proved * 100 >= n_solved * 95);
}

static struct str contents(struct arena *a, const char *path)
{
	struct buf out = buf_in(a, 1 << 20);
	char part[4096];
	size_t n;
	FILE *file = fopen(path, "rb");

	assert_non_null(file);
	while ((n = fread(part, 1, sizeof part, file)) > 0)
		buf_add(&out, part, n);
	fclose(file);
	return buf_view(&out);
}

/* 150 papers, 40 reviewers: proved from both sides, and the same again with the same seed. */
static void a_symposium_is_solved_to_its_proof(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct assign_problem p;
	struct assign_solution s, fair, again;

	assert_int_equal(
		assign_read(a, contents(a, "tests/optimise/instances/review/sym11.json"),
			contents(a, "tests/optimise/instances/review/sym11.csv"), &p, &err),
		OK);
	assert_int_equal(assign_maximin(a, &p, NULL, &s, &err), OK);
	assert_int_equal(s.min_paper, 572800);
	assert_int_equal(s.min_paper_bound, 572800);
	assert_int_equal(s.total, 277705400);
	assert_int_equal(s.fair_total_bound, 277705400);
	assert_int_equal(assign_fair(a, &p, NULL, &fair, &err), OK);
	assert_int_equal(assign_fair(a, &p, NULL, &again, &err), OK);
	assert_int_equal(fair.min_paper, 572800);
	assert_memory_equal(fair.pairs, again.pairs, fair.n_pairs * sizeof *fair.pairs);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fair_one_is_the_leximin_best_of_all),
		cmocka_unit_test(maximin_has_the_highest_total_of_those_with_the_best_lowest),
		cmocka_unit_test(a_symposium_is_solved_to_its_proof),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

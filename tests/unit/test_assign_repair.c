/* Repairs: the fewest changes of all assignments, and of those the highest total. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "assign_brute.h"

enum { N_PROBLEMS = 400 };

struct nearest {
	const struct assign_problem *p;
	const struct assign_pair *present;
	size_t n_present, n_seen, n_changes;
	int64_t total;
};

static size_t count_changes(const struct nearest *near, const struct assign_pair *pairs, size_t n)
{
	size_t n_common = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < near->n_present; k++)
			n_common += pairs[i].paper == near->present[k].paper &&
				    pairs[i].reviewer == near->present[k].reviewer;
	return n + near->n_present - 2 * n_common;
}

static void compare(void *arg, const struct assign_pair *pairs, size_t n)
{
	struct nearest *near = arg;
	size_t n_changes = count_changes(near, pairs, n);
	int64_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += brute_value(near->p, pairs[i].paper, pairs[i].reviewer);
	if (near->n_seen++ == 0 || n_changes < near->n_changes ||
		(n_changes == near->n_changes && total > near->total)) {
		near->n_changes = n_changes;
		near->total = total;
	}
}

/* Whatever was agreed before: it need not keep any rule. */
static size_t make_present(
	struct rng *rng, const struct assign_problem *p, struct assign_pair *present)
{
	size_t n = 0;

	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (rng_below(rng, 2))
				present[n++] = (struct assign_pair){paper, r};
	return n;
}

static void a_repair_changes_as_little_as_can_be(void **state)
{
	(void)state;
	struct rng rng;
	size_t n_solved = 0;

	rng_seed(&rng, 3);
	for (int i = 0; i < N_PROBLEMS; i++) {
		struct arena *a = arena_new();
		struct assign_problem p;
		struct assign_pair present[BRUTE_MAX_PAIRS];
		struct assign_solution s;
		struct err err = err_in(a);
		brute_make(a, &rng, &p);
		size_t n_present = make_present(&rng, &p, present);
		struct nearest near = {.p = &p, .present = present, .n_present = n_present};
		brute_each(&p, compare, &near);
		enum rc rc = assign_repair(a, &p, present, n_present, NULL, &s, &err);
		assert_int_equal(rc, near.n_seen > 0 ? OK : CONFLICT);
		if (rc == OK) {
			assert_int_equal(s.n_changes, near.n_changes);
			assert_int_equal(count_changes(&near, s.pairs, s.n_pairs), near.n_changes);
			assert_int_equal(s.total, near.total);
			assert_int_equal(assign_verify(&p, &s, &err), OK);
			n_solved++;
		}
		arena_free(a);
	}
	assert_in_range(n_solved, N_PROBLEMS / 4, N_PROBLEMS);
}

/* Two papers, three reviewers; the third fits best by far, but nobody asked for a change. */
static void what_is_allowed_stays_however_bad_it_is(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct err err = err_in(a);
	int32_t affinity[] = {1, 2, 999999999, 3, 1, 999999999};
	uint32_t wanted[] = {1, 1}, least[] = {0, 0, 0}, most[] = {1, 1, 2};
	struct assign_problem p = {.n_papers = 2,
		.n_reviewers = 3,
		.affinity = affinity,
		.wanted = wanted,
		.min_load = least,
		.max_load = most};
	struct assign_pair present[] = {{0, 0}, {1, 1}};
	struct assign_solution s;

	assert_int_equal(assign_repair(a, &p, present, 2, NULL, &s, &err), OK);
	assert_int_equal(s.n_changes, 0);
	assert_int_equal(s.total, 2);
	affinity[0] = ASSIGN_BARRED;
	assert_int_equal(assign_repair(a, &p, present, 2, NULL, &s, &err), OK);
	assert_int_equal(s.n_changes, 2);
	assert_int_equal(s.total, 1000000000);
	assert_int_equal(s.min_paper, 1);
	arena_free(a);
}

static void pairs_out_of_order_are_refused(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct rng rng;
	struct assign_problem p;
	struct assign_solution s;
	const struct assign_pair swapped[] = {{1, 0}, {0, 0}}, twice[] = {{0, 1}, {0, 1}},
				 foreign[] = {{0, 99}};

	rng_seed(&rng, 1);
	brute_make(a, &rng, &p);
	struct err err = err_in(a);
	assert_int_equal(assign_repair(a, &p, swapped, 2, NULL, &s, &err), INVALID);
	err = err_in(a);
	assert_int_equal(assign_repair(a, &p, twice, 2, NULL, &s, &err), INVALID);
	err = err_in(a);
	assert_int_equal(assign_repair(a, &p, foreign, 1, NULL, &s, &err), INVALID);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_repair_changes_as_little_as_can_be),
		cmocka_unit_test(what_is_allowed_stays_however_bad_it_is),
		cmocka_unit_test(pairs_out_of_order_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

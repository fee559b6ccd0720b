/* The assignment of the highest total: as good as trying everything, from however short a list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include "assign_small.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct str contents(const char *path)
{
	struct buf out = buf_in(arena, 1 << 20);
	char part[4096];
	size_t n;
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	while ((n = fread(part, 1, sizeof part, file)) > 0)
		buf_add(&out, part, n);
	fclose(file);
	assert_false(out.failed);
	return buf_view(&out);
}

static struct assign_problem sym11(void)
{
	struct assign_problem p;
	struct err err = err_in(arena);
	enum rc rc = assign_read(arena, contents("tests/optimise/instances/review/sym11.json"),
		contents("tests/optimise/instances/review/sym11.csv"), &p, &err);
	assert_int_equal(rc, OK);
	return p;
}

static struct assign_solution best_of(const struct assign_problem *p)
{
	struct assign_solution s;
	struct err err = err_in(arena);
	enum rc rc = assign_best(arena, p, NULL, &s, &err);
	if (rc != OK)
		fail_msg("%s", err.message);
	return s;
}

static void a_symposium_has_its_known_total_with_proof(void **state)
{
	(void)state;
	struct assign_problem p = sym11();
	struct assign_solution s = best_of(&p);
	assert_int_equal(s.total, 281040400);
	assert_int_equal(s.total_bound, 281040400);
	assert_true(s.is_certified);
	assert_int_equal(s.n_pairs, 450);
	/* the best three of one paper: proved by hand */
	assert_int_equal(s.min_paper_bound, 572800);
	assert_in_range(s.min_paper, 1, 572800);
}

/* ---- small ones ---- */

static void small_ones_are_as_good_as_trying_everything(void **state)
{
	(void)state;
	struct rng r;
	struct small small;
	int n_possible = 0, n_org_prices = 0;
	rng_seed(&r, 11);
	for (int i = 0; i < 3000; i++) {
		uint32_t load[MAX_REVIEWERS] = {0};
		struct assign_solution s;
		struct err err = err_in(arena);
		draw(&r, &small);
		int64_t best = tried(&small.p, 0, load, 0);
		enum rc rc = assign_best(arena, &small.p, NULL, &s, &err);
		assert_int_equal(rc, best < 0 ? CONFLICT : OK);
		if (rc != OK)
			continue;
		n_possible++;
		n_org_prices += s.n_org_prices > 0;
		assert_int_equal(s.total, best);
		assert_int_equal(s.total_bound, best);
		assert_true(s.is_certified);
	}
	assert_in_range(n_possible, 500, 2500);
	assert_in_range(n_org_prices, 10, 2500);
}

/* ---- too large for the first list ---- */

enum { LARGE_PAPERS = 300, LARGE_REVIEWERS = 200 };

/* All like the same twenty reviewers, so that most of the solution lies beyond any first list. */
static struct assign_problem large(struct rng *r)
{
	struct assign_problem p = {.n_papers = LARGE_PAPERS, .n_reviewers = LARGE_REVIEWERS};
	p.affinity = ARENA_ARRAY(arena, LARGE_PAPERS * LARGE_REVIEWERS, int32_t);
	p.wanted = ARENA_ARRAY(arena, LARGE_PAPERS, uint32_t);
	p.min_load = ARENA_ARRAY(arena, LARGE_REVIEWERS, uint32_t);
	p.max_load = ARENA_ARRAY(arena, LARGE_REVIEWERS, uint32_t);
	for (uint32_t i = 0; i < LARGE_PAPERS; i++) {
		p.wanted[i] = 2;
		for (uint32_t k = 0; k < LARGE_REVIEWERS; k++)
			p.affinity[i * LARGE_REVIEWERS + k] =
				(int32_t)(rng_below(r, 1000) + 1000 * (LARGE_REVIEWERS - k));
	}
	for (uint32_t k = 0; k < LARGE_REVIEWERS; k++)
		p.max_load[k] = 3;
	return p;
}

static void pairs_beyond_the_first_list_are_found(void **state)
{
	(void)state;
	struct rng r;
	rng_seed(&r, 12);
	struct assign_problem p = large(&r);
	struct assign_solution s = best_of(&p);
	assert_int_equal(s.n_pairs, 600);
	assert_true(s.is_certified);
}

/* Only one reviewer may read the first paper, whom everything else speaks against. */
static void a_pair_that_is_needed_is_found_whatever_it_is_worth(void **state)
{
	(void)state;
	struct rng r;
	rng_seed(&r, 13);
	struct assign_problem p = large(&r);
	p.wanted[0] = 1;
	p.max_load[0] = 4;
	for (uint32_t k = 0; k < LARGE_REVIEWERS; k++)
		if (k != 150)
			p.affinity[k] = ASSIGN_BARRED;
	for (uint32_t i = 1; i < LARGE_PAPERS; i++)
		p.affinity[i * LARGE_REVIEWERS + 150] = 0;
	p.affinity[150] = 0;
	struct assign_solution s = best_of(&p);
	assert_true(s.is_certified);
	assert_int_equal(s.pairs[0].reviewer, 150);
}

/* Exactly as many places as reviews: every reviewer has to take all of theirs. */
static void places_that_just_suffice_do(void **state)
{
	(void)state;
	struct rng r;
	rng_seed(&r, 14);
	struct assign_problem p = large(&r);
	uint32_t *organisation = ARENA_ARRAY(arena, LARGE_REVIEWERS, uint32_t);
	for (uint32_t k = 0; k < LARGE_REVIEWERS; k++) {
		p.min_load[k] = p.max_load[k];
		organisation[k] = k / 40;
	}
	p.organisation = organisation;
	p.per_organisation = 1;
	struct assign_solution s = best_of(&p);
	assert_true(s.is_certified);
	p.wanted[7]++;
	struct err err = err_in(arena);
	assert_int_equal(assign_best(arena, &p, NULL, &s, &err), CONFLICT);
	assert_string_equal(err.message, "These rules cannot all be kept");
}

static bool refuse(void *arg, const struct effort_state *state)
{
	(void)arg;
	(void)state;
	return false;
}

static void one_who_stops_at_once_gets_nothing(void **state)
{
	(void)state;
	struct rng r;
	struct assign_solution s;
	struct err err = err_in(arena);
	struct effort effort = {.tell = refuse};
	rng_seed(&r, 17);
	struct assign_problem p = large(&r);
	effort_begin(&effort);
	effort.told_ms -= 1000;
	assert_int_equal(assign_best(arena, &p, &effort, &s, &err), BUSY);
	assert_true(effort.is_cut);
	assert_string_equal(err.message, "There was not enough time to find any assignment");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_symposium_has_its_known_total_with_proof),
		cmocka_unit_test(small_ones_are_as_good_as_trying_everything),
		cmocka_unit_test(pairs_beyond_the_first_list_are_found),
		cmocka_unit_test(a_pair_that_is_needed_is_found_whatever_it_is_worth),
		cmocka_unit_test(places_that_just_suffice_do),
		cmocka_unit_test(one_who_stops_at_once_gets_nothing),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

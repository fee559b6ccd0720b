/* Clashes: what is named cannot be kept, and without any one of it can, checked by trying all sets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "assign_brute.h"

enum { N_CLASHES = 100 };

/* ---- an assignment under a list of rules, tried out ---- */

struct attempt {
	const struct assign_problem *p;
	const struct assign_demand *demands;
	size_t n_demands, left_out;
};

static bool is_barred_by(
	const struct assign_problem *p, const struct assign_demand *d, uint32_t paper, uint32_t r)
{
	return (d->paper == UINT32_MAX || d->paper == paper) &&
	       (d->reviewer == UINT32_MAX || d->reviewer == r) &&
	       p->affinity[paper * p->n_reviewers + r] == ASSIGN_BARRED &&
	       !brute_is_kept(p, paper, r);
}

/* Does the set of reviewers suit the rules that are about this one paper? */
static bool suits_paper(const struct attempt *t, uint32_t paper, uint32_t set)
{
	for (size_t i = 0; i < t->n_demands; i++) {
		const struct assign_demand *d = &t->demands[i];
		uint32_t n = 0;
		if (i == t->left_out)
			continue;
		for (uint32_t r = 0; r < t->p->n_reviewers; r++) {
			bool is_in = (set >> r) & 1;
			if (d->kind == ASSIGN_DEMAND_BARRED && is_in &&
				is_barred_by(t->p, d, paper, r))
				return false;
			n += is_in && (d->kind != ASSIGN_DEMAND_ORGANISATION ||
					      t->p->organisation[r] == d->organisation);
		}
		if (d->paper != paper)
			continue;
		if ((d->kind == ASSIGN_DEMAND_PAPER && n != d->count) ||
			(d->kind == ASSIGN_DEMAND_ORGANISATION && n > d->count) ||
			(d->kind == ASSIGN_DEMAND_KEPT && !((set >> d->reviewer) & 1)))
			return false;
	}
	return true;
}

static bool suits_loads(const struct attempt *t, const uint32_t *load)
{
	for (size_t i = 0; i < t->n_demands; i++) {
		const struct assign_demand *d = &t->demands[i];
		if (i == t->left_out)
			continue;
		if ((d->kind == ASSIGN_DEMAND_MIN_LOAD && load[d->reviewer] < d->count) ||
			(d->kind == ASSIGN_DEMAND_MAX_LOAD && load[d->reviewer] > d->count))
			return false;
	}
	return true;
}

static bool can_be_kept(const struct attempt *t, uint32_t paper, uint32_t *load)
{
	bool found = false;

	if (paper == t->p->n_papers)
		return suits_loads(t, load);
	for (uint32_t set = 0; set < (1u << t->p->n_reviewers) && !found; set++) {
		if (!suits_paper(t, paper, set))
			continue;
		for (uint32_t r = 0; r < t->p->n_reviewers; r++)
			load[r] += (set >> r) & 1;
		found = can_be_kept(t, paper + 1, load);
		for (uint32_t r = 0; r < t->p->n_reviewers; r++)
			load[r] -= (set >> r) & 1;
	}
	return found;
}

static void assert_irreducible(const struct assign_problem *p, const struct assign_clash *c)
{
	uint32_t load[BRUTE_MAX_REVIEWERS] = {0};
	struct attempt t = {p, c->demands, c->n_demands, SIZE_MAX};

	assert_true(c->n_demands > 0);
	assert_false(can_be_kept(&t, 0, load));
	for (t.left_out = 0; t.left_out < c->n_demands; t.left_out++)
		assert_true(can_be_kept(&t, 0, load));
	assert_true(c->n_wanted > c->n_possible);
}

/* Every demand is a rule of the problem. */
static void assert_true_of(const struct assign_problem *p, const struct assign_demand *d)
{
	uint32_t n = 0;

	switch (d->kind) {
	case ASSIGN_DEMAND_PAPER:
		assert_int_equal(d->count, p->wanted[d->paper]);
		return;
	case ASSIGN_DEMAND_MIN_LOAD:
		assert_int_equal(d->count, p->min_load[d->reviewer]);
		return;
	case ASSIGN_DEMAND_MAX_LOAD:
		assert_int_equal(d->count, p->max_load[d->reviewer]);
		return;
	case ASSIGN_DEMAND_ORGANISATION:
		assert_int_equal(d->count, p->per_organisation);
		return;
	case ASSIGN_DEMAND_KEPT:
		assert_true(brute_is_kept(p, d->paper, d->reviewer));
		return;
	case ASSIGN_DEMAND_BARRED:
		for (uint32_t paper = 0; paper < p->n_papers; paper++)
			for (uint32_t r = 0; r < p->n_reviewers; r++)
				n += is_barred_by(p, d, paper, r);
		assert_int_equal(d->count, n);
		return;
	}
	fail();
}

/* ---- the tests ---- */

static void count_set(void *arg, const struct assign_pair *pairs, size_t n)
{
	(void)pairs;
	(void)n;
	(*(size_t *)arg)++;
}

static void a_clash_is_one_and_has_nothing_too_many(void **state)
{
	(void)state;
	struct rng rng;
	int n_clashes = 0, n_fine = 0;

	rng_seed(&rng, 11);
	while (n_clashes < N_CLASHES) {
		struct arena *a = arena_new();
		struct assign_problem p;
		struct assign_clash c;
		struct err err = err_in(a);
		size_t n_sets = 0;
		brute_make(a, &rng, &p);
		brute_each(&p, count_set, &n_sets);
		enum rc rc = assign_clash(a, &p, &c, &err);
		assert_int_equal(rc, n_sets > 0 ? NOT_FOUND : OK);
		if (rc == OK) {
			assert_irreducible(&p, &c);
			for (size_t i = 0; i < c.n_demands; i++)
				assert_true_of(&p, &c.demands[i]);
			n_clashes++;
		} else {
			n_fine++;
		}
		arena_free(a);
	}
	assert_true(n_fine > 10);
}

/*
 * Fifty papers want three of twenty reviewers who read seven at most, ten reviews too few; and one
 * paper has but two who may read it. The second is the smaller clash by far.
 */
static void the_smallest_of_two_clashes_is_told(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct err err = err_in(a);
	uint32_t np = 50, nr = 20;
	struct assign_problem p = {.n_papers = np, .n_reviewers = nr};
	struct assign_clash c;

	p.affinity = ARENA_ARRAY(a, np * nr, int32_t);
	p.wanted = ARENA_ARRAY(a, np, uint32_t);
	p.min_load = ARENA_ARRAY(a, nr, uint32_t);
	p.max_load = ARENA_ARRAY(a, nr, uint32_t);
	for (uint32_t i = 0; i < np; i++)
		p.wanted[i] = 3;
	for (uint32_t r = 0; r < nr; r++)
		p.max_load[r] = 7;
	for (uint32_t r = 2; r < nr; r++)
		p.affinity[31 * nr + r] = ASSIGN_BARRED;
	assert_int_equal(assign_clash(a, &p, &c, &err), OK);
	assert_int_equal(c.n_demands, 2);
	assert_int_equal(c.n_wanted, 3);
	assert_int_equal(c.n_possible, 2);
	for (size_t i = 0; i < c.n_demands; i++) {
		const struct assign_demand *d = &c.demands[i];
		assert_true(d->kind == ASSIGN_DEMAND_PAPER || d->kind == ASSIGN_DEMAND_BARRED);
		assert_int_equal(d->paper, 31);
		assert_int_equal(d->count, d->kind == ASSIGN_DEMAND_PAPER ? 3 : 18);
	}
	p.affinity[31 * nr + 2] = 0;
	assert_int_equal(assign_clash(a, &p, &c, &err), OK);
	assert_int_equal(c.n_possible, 140);
	assert_in_range(c.n_wanted, 141, 143);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clash_is_one_and_has_nothing_too_many),
		cmocka_unit_test(the_smallest_of_two_clashes_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

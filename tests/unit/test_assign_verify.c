/* The checker of assignments: whatever was changed, it is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "optimise/assign.h"
#include "optimise/rng.h"

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

static uint32_t *all(uint32_t n, uint32_t value)
{
	uint32_t *out = ARENA_ARRAY(arena, n, uint32_t);
	for (uint32_t i = 0; i < n; i++)
		out[i] = value;
	return out;
}

static struct assign_problem drawn(void)
{
	struct assign_problem p = {.n_papers = 150, .n_reviewers = 40};
	struct rng r;
	rng_seed(&r, 18);
	p.affinity = ARENA_ARRAY(arena, 150 * 40, int32_t);
	for (uint32_t i = 0; i < 150 * 40; i++)
		p.affinity[i] = (int32_t)rng_below(&r, ASSIGN_UNIT);
	p.wanted = all(150, 3);
	p.min_load = all(40, 0);
	p.max_load = all(40, 13);
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

static void refuses(
	const struct assign_problem *p, const struct assign_solution *s, const char *message)
{
	struct assign_solution copy = *s;
	struct err err = err_in(arena);
	assert_int_equal(assign_verify(p, &copy, &err), INVALID);
	assert_false(copy.is_certified);
	assert_string_equal(err.message, message);
}

static struct assign_problem with_rules(void)
{
	struct assign_problem p = drawn();
	uint32_t *organisation = ARENA_ARRAY(arena, p.n_reviewers, uint32_t);
	struct assign_pair *kept = ARENA_ARRAY(arena, 1, struct assign_pair);
	for (uint32_t r = 0; r < p.n_reviewers; r++) {
		organisation[r] = r % 4;
		p.min_load[r] = 10;
	}
	kept[0] = (struct assign_pair){3, 5};
	p.organisation = organisation;
	p.per_organisation = 1;
	p.kept = kept;
	p.n_kept = 1;
	return p;
}

static struct assign_solution copied(
	const struct assign_problem *p, const struct assign_solution *s)
{
	struct assign_solution out = *s;
	out.pairs = ARENA_ARRAY(arena, s->n_pairs, struct assign_pair);
	out.paper_price = ARENA_ARRAY(arena, p->n_papers, int64_t);
	out.reviewer_price = ARENA_ARRAY(arena, p->n_reviewers, int64_t);
	out.org_prices = ARENA_ARRAY(arena, s->n_org_prices + 1, struct assign_org_price);
	memcpy(out.pairs, s->pairs, s->n_pairs * sizeof *out.pairs);
	memcpy(out.paper_price, s->paper_price, p->n_papers * sizeof(int64_t));
	memcpy(out.reviewer_price, s->reviewer_price, p->n_reviewers * sizeof(int64_t));
	memcpy(out.org_prices, s->org_prices, s->n_org_prices * sizeof *out.org_prices);
	return out;
}

static void tampered_pairs_are_refused(void **state)
{
	(void)state;
	struct assign_problem p = with_rules();
	struct assign_solution s = best_of(&p), t;
	struct err err = err_in(arena);
	assert_true(s.is_certified);
	assert_int_equal(assign_verify(&p, &s, &err), OK);
	t = copied(&p, &s);
	t.pairs[7].reviewer = 40;
	refuses(&p, &t, "pair 7 is of no such paper or reviewer");
	t = copied(&p, &s);
	t.pairs[1] = t.pairs[0];
	refuses(&p, &t, "pair 1 is twice, or out of order");
	t = copied(&p, &s);
	t.n_pairs--;
	refuses(&p, &t, "paper 149 has 2 reviews, 3 are wanted");
	t = copied(&p, &s);
	t.total++;
	refuses(&p, &t,
		arena_printf(arena, "the total is %lld, not %lld", (long long)s.total,
			(long long)s.total + 1));
	t = copied(&p, &s);
	t.min_paper++;
	refuses(&p, &t,
		arena_printf(arena, "the lowest paper has %lld, and no less is its bound",
			(long long)s.min_paper));
	t = copied(&p, &s);
	t.min_paper_bound = t.min_paper - 1;
	refuses(&p, &t,
		arena_printf(arena, "the lowest paper has %lld, and no less is its bound",
			(long long)s.min_paper));
}

static void broken_rules_are_refused(void **state)
{
	(void)state;
	struct assign_problem p = with_rules();
	struct assign_solution s = best_of(&p);
	struct assign_pair other = {0, s.pairs[0].reviewer};
	uint32_t r = s.pairs[0].reviewer, load = 0;
	for (size_t i = 0; i < s.n_pairs; i++)
		load += s.pairs[i].reviewer == r;
	struct assign_problem q = p;
	int32_t was = p.affinity[r];
	p.affinity[r] = ASSIGN_BARRED;
	refuses(&p, &s, arena_printf(arena, "reviewer %u is barred from paper 0", r));
	p.affinity[r] = was;
	p.max_load[r] = load - 1;
	p.min_load[r] = 0;
	refuses(&p, &s,
		arena_printf(arena, "reviewer %u has %u papers, which is not between 0 and %u", r,
			load, load - 1));
	p.max_load[r] = 13;
	p.min_load[r] = load + 1;
	refuses(&p, &s,
		arena_printf(arena, "reviewer %u has %u papers, which is not between %u and 13", r,
			load, load + 1));
	p.min_load[r] = 0;
	while (other.reviewer == s.pairs[0].reviewer || other.reviewer == s.pairs[1].reviewer ||
		other.reviewer == s.pairs[2].reviewer)
		other.reviewer = (other.reviewer + 1) % p.n_reviewers;
	q.kept = &other;
	refuses(&q, &s,
		arena_printf(arena, "reviewer %u no longer has paper 0, which was agreed",
			other.reviewer));
	uint32_t *organisation = ARENA_ARRAY(arena, p.n_reviewers, uint32_t);
	q = p;
	q.organisation = organisation;
	refuses(&q, &s, "paper 0 has more than 1 readers of organisation 0");
	q.per_organisation = 2;
	refuses(&q, &s, "paper 0 has more than 2 readers of organisation 0");
}

static void prices_that_prove_nothing_are_refused(void **state)
{
	(void)state;
	struct assign_problem p = with_rules();
	struct assign_solution s = best_of(&p), t;
	struct err err = err_in(arena);
	char *message = arena_printf(
		arena, "the prices do not prove a bound of %lld", (long long)s.total_bound);
	assert_in_range(s.n_org_prices, 1, 1000);
	/* higher: each of its reviews costs more; lower: pairs that are not chosen gain, too */
	for (int sign = -1; sign <= 1; sign += 2) {
		t = copied(&p, &s);
		t.paper_price[11] += sign * INT64_C(1000000);
		refuses(&p, &t, message);
		t = copied(&p, &s);
		t.reviewer_price[11] += sign * INT64_C(1000000);
		refuses(&p, &t, message);
	}
	t = copied(&p, &s);
	t.org_prices[0].price += 1000000;
	refuses(&p, &t, message);
	t = copied(&p, &s);
	t.org_prices[0].price = -1;
	refuses(&p, &t, "price 0 of an organisation is out of bounds");
	t = copied(&p, &s);
	t.org_prices[0].paper = p.n_papers;
	refuses(&p, &t, "price 0 of an organisation is out of order");
	t = copied(&p, &s);
	t.paper_price[0] = INT64_MIN;
	refuses(&p, &t, "the price of paper 0 is out of bounds");
	/* any prices prove some bound, but then it is not certified */
	t = copied(&p, &s);
	memset(t.paper_price, 0, p.n_papers * sizeof(int64_t));
	t.total_bound = INT64_MAX;
	assert_int_equal(assign_verify(&p, &t, &err), OK);
	assert_false(t.is_certified);
	t.total_bound = t.total;
	refuses(&p, &t, message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tampered_pairs_are_refused),
		cmocka_unit_test(broken_rules_are_refused),
		cmocka_unit_test(prices_that_prove_nothing_are_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* The assignment of the highest total: against trying everything, with its proof, and tampered
 * with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include "optimise/assign_dense.h"
#include "optimise/rng.h"

enum { MAX_PAPERS = 4, MAX_REVIEWERS = 4, MAX_CELLS = MAX_PAPERS * MAX_REVIEWERS };

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

/* ---- small ones, all kinds of rules ---- */

struct small {
	struct assign_problem p;
	int32_t affinity[MAX_CELLS];
	uint32_t wanted[MAX_PAPERS], min_load[MAX_REVIEWERS], max_load[MAX_REVIEWERS];
	uint32_t organisation[MAX_REVIEWERS];
	struct assign_pair kept[3];
};

static void draw(struct rng *r, struct small *out)
{
	*out = (struct small){.p = {.n_papers = 1 + rng_below(r, MAX_PAPERS),
				      .n_reviewers = 1 + rng_below(r, MAX_REVIEWERS),
				      .affinity = out->affinity,
				      .wanted = out->wanted,
				      .min_load = out->min_load,
				      .max_load = out->max_load}};
	struct assign_problem *p = &out->p;
	for (uint32_t i = 0; i < p->n_papers * p->n_reviewers; i++)
		out->affinity[i] =
			rng_below(r, 6) == 0 ? ASSIGN_BARRED : (int32_t)(rng_below(r, 21) * 50000);
	for (uint32_t i = 0; i < p->n_papers; i++)
		out->wanted[i] = rng_below(r, p->n_reviewers < 3 ? p->n_reviewers + 1 : 3);
	for (uint32_t i = 0; i < p->n_reviewers; i++) {
		out->max_load[i] = rng_below(r, 4);
		out->min_load[i] = rng_below(r, 3) == 0 ? rng_below(r, out->max_load[i] + 1) : 0;
		uint32_t lot = rng_below(r, 3);
		out->organisation[i] = lot == 0 ? ASSIGN_NO_ORGANISATION : lot * 1000;
	}
	if (rng_below(r, 2) == 0) {
		static const uint32_t limits[] = {0, 1, 1, 1, 1, 2};
		p->organisation = out->organisation;
		p->per_organisation = limits[rng_below(r, 6)];
	}
	p->kept = out->kept;
	for (uint32_t n = rng_below(r, 3); p->n_kept < n; p->n_kept++)
		out->kept[p->n_kept] = (struct assign_pair){
			rng_below(r, p->n_papers), rng_below(r, p->n_reviewers)};
}

static bool is_kept(const struct assign_problem *p, uint32_t paper, uint32_t reviewer)
{
	for (size_t i = 0; i < p->n_kept; i++)
		if (p->kept[i].paper == paper && p->kept[i].reviewer == reviewer)
			return true;
	return false;
}

/* Is reviewer r of this paper one too many of their organisation? The rows are bits. */
static bool is_crowded(const struct assign_problem *p, unsigned row)
{
	for (uint32_t r = 0; r < p->n_reviewers && p->organisation && p->per_organisation; r++) {
		uint32_t n = 0;
		for (uint32_t k = 0; k < p->n_reviewers; k++)
			n += (row >> k & 1) && p->organisation[k] == p->organisation[r];
		if ((row >> r & 1) && p->organisation[r] != ASSIGN_NO_ORGANISATION &&
			n > p->per_organisation)
			return true;
	}
	return false;
}

static bool may_be_row(const struct assign_problem *p, uint32_t paper, unsigned row)
{
	uint32_t n = 0;
	for (uint32_t r = 0; r < p->n_reviewers; r++) {
		bool is_in = row >> r & 1;
		n += is_in;
		if (is_kept(p, paper, r)
				? !is_in
				: is_in && p->affinity[paper * p->n_reviewers + r] == ASSIGN_BARRED)
			return false;
	}
	return n == p->wanted[paper] && !is_crowded(p, row);
}

/* All sets of pairs, paper by paper; -1 when none keeps the rules. */
static int64_t tried(const struct assign_problem *p, uint32_t paper, uint32_t *load, int64_t total)
{
	int64_t best = -1;
	if (paper == p->n_papers) {
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (load[r] < p->min_load[r] || load[r] > p->max_load[r])
				return -1;
		return total;
	}
	for (unsigned row = 0; row < 1u << p->n_reviewers; row++) {
		int64_t gain = 0, found;
		if (!may_be_row(p, paper, row))
			continue;
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (row >> r & 1) {
				int32_t affinity = p->affinity[paper * p->n_reviewers + r];
				gain += affinity == ASSIGN_BARRED ? 0 : affinity;
				load[r]++;
			}
		found = tried(p, paper + 1, load, total + gain);
		best = found > best ? found : best;
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			load[r] -= row >> r & 1;
	}
	return best;
}

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
	for (uint32_t k = 0; k < LARGE_REVIEWERS; k++) {
		if (k != 150)
			p.affinity[k] = ASSIGN_BARRED;
		p.organisation = NULL;
	}
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

/* ---- what others build on ---- */

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

/* ---- the checker ---- */

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
	struct assign_problem p = sym11();
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
		cmocka_unit_test(a_symposium_has_its_known_total_with_proof),
		cmocka_unit_test(small_ones_are_as_good_as_trying_everything),
		cmocka_unit_test(pairs_beyond_the_first_list_are_found),
		cmocka_unit_test(a_pair_that_is_needed_is_found_whatever_it_is_worth),
		cmocka_unit_test(places_that_just_suffice_do),
		cmocka_unit_test(new_values_are_solved_warm),
		cmocka_unit_test(single_pairs_are_barred_and_forced),
		cmocka_unit_test(one_who_stops_at_once_gets_nothing),
		cmocka_unit_test(tampered_pairs_are_refused),
		cmocka_unit_test(broken_rules_are_refused),
		cmocka_unit_test(prices_that_prove_nothing_are_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

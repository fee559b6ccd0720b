/* Reasons: what turning a pair round costs is what solving again says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "assign_brute.h"

enum { N_PROBLEMS = 300 };

/* The highest total of the sets that have a pair, and of those that have not. */
struct turned {
	const struct assign_problem *p;
	int64_t with[BRUTE_MAX_PAIRS], without[BRUTE_MAX_PAIRS]; /* -1: there is none */
};

static void compare(void *arg, const struct assign_pair *pairs, size_t n)
{
	struct turned *t = arg;
	bool has[BRUTE_MAX_PAIRS] = {false};
	int64_t total = 0;

	for (size_t i = 0; i < n; i++) {
		has[pairs[i].paper * t->p->n_reviewers + pairs[i].reviewer] = true;
		total += brute_value(t->p, pairs[i].paper, pairs[i].reviewer);
	}
	for (size_t i = 0; i < BRUTE_MAX_PAIRS; i++) {
		int64_t *best = has[i] ? &t->with[i] : &t->without[i];
		*best = total > *best ? total : *best;
	}
}

static void turn_all(const struct assign_problem *p, struct turned *t)
{
	t->p = p;
	for (size_t i = 0; i < BRUTE_MAX_PAIRS; i++)
		t->with[i] = t->without[i] = -1;
	brute_each(p, compare, t);
}

static bool is_chosen(const struct assign_solution *s, struct assign_pair pair)
{
	for (size_t i = 0; i < s->n_pairs; i++)
		if (s->pairs[i].paper == pair.paper && s->pairs[i].reviewer == pair.reviewer)
			return true;
	return false;
}

static void check_reason(const struct assign_problem *p, const struct assign_solution *s,
	const struct turned *t, struct assign_pair pair, const struct assign_reason *reason)
{
	size_t at = pair.paper * p->n_reviewers + pair.reviewer;
	int64_t other;

	assert_int_equal(reason->is_chosen, is_chosen(s, pair));
	assert_int_equal(reason->affinity, brute_value(p, pair.paper, pair.reviewer));
	if (brute_is_kept(p, pair.paper, pair.reviewer))
		return;
	other = reason->is_chosen ? t->without[at] : t->with[at];
	assert_int_equal(reason->loss, other < 0 ? ASSIGN_NO_WAY : s->total - other);
	if (p->affinity[at] == ASSIGN_BARRED) {
		assert_int_equal(reason->rule, ASSIGN_RULE_BARRED);
		assert_int_equal(reason->rank, 0);
	}
	if (reason->is_chosen && other >= 0 && s->is_certified) {
		struct assign_pair next = {pair.paper, reason->next};
		assert_true(reason->next < p->n_reviewers && !is_chosen(s, next));
	}
	if (!reason->is_chosen && reason->loss > 0)
		assert_int_not_equal(reason->rule, ASSIGN_RULE_NONE);
}

static void explain_all(struct arena *a, const struct assign_problem *p,
	const struct assign_solution *s, const struct turned *t)
{
	struct assign_reason *all, one;
	struct err err = err_in(a);

	assert_int_equal(assign_explain_all(a, p, s, &all, &err), OK);
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		for (uint32_t r = 0; r < p->n_reviewers; r++) {
			struct assign_pair pair = {paper, r};
			const struct assign_reason *it = &all[paper * p->n_reviewers + r];
			check_reason(p, s, t, pair, it);
			assert_int_equal(assign_explain(a, p, s, pair, &one, &err), OK);
			assert_int_equal(one.loss, it->loss);
			assert_int_equal(one.rule, it->rule);
			assert_int_equal(one.rank, it->rank);
		}
}

typedef enum rc solver(struct arena *a, const struct assign_problem *p, struct effort *effort,
	struct assign_solution *out, struct err *err);

static size_t explain_many(solver *solve, uint64_t seed)
{
	struct rng rng;
	size_t n_solved = 0;

	rng_seed(&rng, seed);
	for (int i = 0; i < N_PROBLEMS; i++) {
		struct arena *a = arena_new();
		struct assign_problem p;
		struct assign_solution s;
		struct turned t;
		struct err err = err_in(a);
		brute_make(a, &rng, &p);
		if (solve(a, &p, NULL, &s, &err) == OK) {
			turn_all(&p, &t);
			explain_all(a, &p, &s, &t);
			n_solved++;
		}
		arena_free(a);
	}
	return n_solved;
}

static void losses_are_those_of_solving_again(void **state)
{
	(void)state;
	assert_in_range(explain_many(assign_best, 5), N_PROBLEMS / 4, N_PROBLEMS);
}

static void losses_of_a_fair_one_may_be_gains(void **state)
{
	(void)state;
	assert_in_range(explain_many(assign_fair, 6), N_PROBLEMS / 4, N_PROBLEMS);
}

/* ---- the rules, one by one ---- */

struct case_of {
	int32_t affinity[4]; /* two papers, two reviewers */
	uint32_t wanted[2], least[2], most[2], per_organisation;
	struct assign_pair pair;
	enum assign_rule rule;
	int64_t loss;
};

static void the_rule_in_the_way_is_named(void **state)
{
	(void)state;
	static const uint32_t same[] = {4, 4};
	static const struct case_of cases[] = {
		{{9, 8, 7, ASSIGN_BARRED}, {1, 1}, {0, 0}, {2, 2}, 0, {1, 1}, ASSIGN_RULE_BARRED,
			ASSIGN_NO_WAY},
		{{9, 8, 8, 7}, {1, 1}, {0, 0}, {1, 1}, 0, {1, 0}, ASSIGN_RULE_NONE, 0},
		{{9, 2, 7, 1}, {1, 1}, {0, 0}, {1, 1}, 0, {1, 0}, ASSIGN_RULE_LOAD, 1},
		{{9, 2, 7, 1}, {1, 1}, {0, 0}, {2, 2}, 0, {1, 1}, ASSIGN_RULE_WANTED, 6},
		{{9, 2, 7, 1}, {1, 1}, {0, 1}, {2, 2}, 0, {1, 0}, ASSIGN_RULE_MIN_LOAD, 1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct case_of c = cases[i];
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct assign_problem p = {.n_papers = 2,
			.n_reviewers = 2,
			.affinity = c.affinity,
			.wanted = c.wanted,
			.min_load = c.least,
			.max_load = c.most,
			.per_organisation = c.per_organisation,
			.organisation = same};
		struct assign_solution s;
		struct assign_reason reason;
		assert_int_equal(assign_best(a, &p, NULL, &s, &err), OK);
		assert_int_equal(assign_explain(a, &p, &s, c.pair, &reason, &err), OK);
		assert_int_equal(reason.rule, c.rule);
		assert_int_equal(reason.loss, c.loss);
		arena_free(a);
	}
}

/* The third of three reviewers is a colleague of the first, who may not both read the paper. */
static void a_colleague_in_the_way_is_named(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct err err = err_in(a);
	int32_t affinity[] = {9, 2, 8};
	uint32_t wanted[] = {2}, least[] = {0, 0, 0}, most[] = {1, 1, 1},
		 organisation[] = {4, 5, 4};
	struct assign_problem p = {.n_papers = 1,
		.n_reviewers = 3,
		.affinity = affinity,
		.wanted = wanted,
		.min_load = least,
		.max_load = most,
		.per_organisation = 1,
		.organisation = organisation};
	struct assign_solution s;
	struct assign_reason reason;

	assert_int_equal(assign_best(a, &p, NULL, &s, &err), OK);
	assert_int_equal(assign_explain(a, &p, &s, (struct assign_pair){0, 2}, &reason, &err), OK);
	assert_int_equal(reason.rule, ASSIGN_RULE_ORGANISATION);
	assert_int_equal(reason.loss, 1);
	assert_int_equal(reason.rank, 2);
	assert_int_equal(assign_explain(a, &p, &s, (struct assign_pair){0, 0}, &reason, &err), OK);
	assert_int_equal(reason.next, 2);
	assert_int_equal(
		assign_explain(a, &p, &s, (struct assign_pair){0, 3}, &reason, &err), NOT_FOUND);
	arena_free(a);
}

/* Highest total: paper 0 gets 9 and paper 1 gets 1; fair is 5 and 4. */
static void fairness_in_the_way_is_named(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct err err = err_in(a);
	int32_t affinity[] = {9, 5, 4, 1};
	uint32_t wanted[] = {1, 1}, least[] = {0, 0}, most[] = {1, 1};
	struct assign_problem p = {.n_papers = 2,
		.n_reviewers = 2,
		.affinity = affinity,
		.wanted = wanted,
		.min_load = least,
		.max_load = most};
	struct assign_solution s;
	struct assign_reason reason;

	assert_int_equal(assign_fair(a, &p, NULL, &s, &err), OK);
	assert_int_equal(s.min_paper, 4);
	assert_int_equal(assign_explain(a, &p, &s, (struct assign_pair){0, 0}, &reason, &err), OK);
	assert_int_equal(reason.rule, ASSIGN_RULE_FAIRNESS);
	assert_int_equal(reason.loss, -1);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(losses_are_those_of_solving_again),
		cmocka_unit_test(losses_of_a_fair_one_may_be_gains),
		cmocka_unit_test(the_rule_in_the_way_is_named),
		cmocka_unit_test(a_colleague_in_the_way_is_named),
		cmocka_unit_test(fairness_in_the_way_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

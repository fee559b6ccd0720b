/* Proofs of allocations that are not: each thing said wrong is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "allocate_world.h"

/* A world whose seats cannot be parted: its proof has five cases. */
static struct allocate_problem parted(struct arena *a)
{
	struct world_shape shape = {.n_attendees = 4,
		.n_offerings = 7,
		.n_classes = 3,
		.n_slots = 3,
		.max_want = 3,
		.max_wishes = 3,
		.max_capacity = 2,
		.n_priorities = 1};

	return world_make(a, &shape, 16466);
}

static struct allocate_solution solve(struct arena *a, const struct allocate_problem *p)
{
	struct allocate_solution s;
	struct err err = err_in(a);
	struct effort effort = {.seed = 16466};

	effort_begin(&effort);
	assert_int_equal(allocate_exact(a, p, &effort, &s, &err), OK);
	assert_true(s.is_certified);
	return s;
}

static void refused(
	const struct allocate_problem *p, struct allocate_solution *s, const char *message)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);

	s->is_certified = true;
	assert_int_equal(allocate_verify(p, s, &err), INVALID);
	if (!strstr(err.message, message))
		fail_msg("\"%s\" does not say \"%s\"", err.message, message);
	assert_false(s->is_certified);
	arena_free(a);
}

static void test_seats_that_break_a_rule_are_found(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = parted(a);
	struct allocate_solution s = solve(a, &p);
	struct allocate_seat kept = s.seats[0];

	(void)state;
	s.seats[0].attendee = 4;
	refused(&p, &s, "of nobody or of nothing");
	s.seats[0] = s.seats[1];
	refused(&p, &s, "out of order, or there twice");
	s.seats[0] = kept;
	p.offerings[kept.offering].capacity--;
	refused(&p, &s, "more people than seats");
	p.offerings[kept.offering].capacity++;
	p.attendees[kept.attendee].busy ^= (uint64_t)1 << p.offerings[kept.offering].slot;
	refused(&p, &s, "cannot come to offering");
	p.attendees[kept.attendee].busy ^= (uint64_t)1 << p.offerings[kept.offering].slot;
	uint32_t want = p.attendees[kept.attendee].want;
	p.attendees[kept.attendee].want = 0;
	refused(&p, &s, "seats and wants 0");
	p.attendees[kept.attendee].want = want;
	p.attendees[kept.attendee].n_wishes = 0;
	refused(&p, &s, "did not wish for it");
	arena_free(a);
}

/* One attendee who wishes for one class, offered in two slots. */
static void test_a_class_given_twice_is_found(void **state)
{
	static const uint32_t wishes[] = {0};
	struct allocate_offering offerings[] = {{0, 0, 1}, {0, 1, 1}};
	struct allocate_attendee attendee = {.want = 2, .wishes = wishes, .n_wishes = 1};
	struct allocate_problem p = {.offerings = offerings,
		.n_offerings = 2,
		.n_slots = 2,
		.n_classes = 1,
		.attendees = &attendee,
		.n_attendees = 1};
	struct allocate_seat seats[] = {{0, 0, 0}, {0, 1, 1}};
	struct allocate_solution s = {.method = ALLOCATE_EXACT,
		.seats = seats,
		.n_seats = 2,
		.value = 11016,
		.counts = {.n_first = 2, .n_seats = 2}};

	(void)state;
	refused(&p, &s, "has class 0 twice");
	seats[1].turn = 0;
	s.n_seats = s.counts.n_seats = s.counts.n_first = 1;
	s.value = 10008;
	seats[0].turn = 1;
	refused(&p, &s, "has a turn");
}

static void test_sums_that_are_not_those_of_the_seats_are_found(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = parted(a);
	struct allocate_solution s = solve(a, &p);

	(void)state;
	s.value++;
	refused(&p, &s, "the value is");
	s.value--;
	s.counts.n_second++;
	refused(&p, &s, "the counts");
	s.counts.n_second--;
	s.bound--;
	refused(&p, &s, "not the sum of those proved");
	s.bound++;
	s.proofs[0].value--;
	refused(&p, &s, "the value of priority 0");
	s.proofs[0].value++;
	s.n_proofs = 0;
	s.bound = 0;
	refused(&p, &s, "not one proof for each priority");
	arena_free(a);
}

static void test_a_proof_with_a_gap_is_found(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = parted(a);
	struct allocate_solution s = solve(a, &p);
	struct allocate_proof *proof = &s.proofs[0];
	int64_t *price = proof->branches[proof->n_branches - 1].price;

	(void)state;
	assert_true(proof->n_branches >= 3);
	proof->n_branches--;
	refused(&p, &s, "cases are missing");
	proof->n_branches = 0; /* the prices alone prove less */
	refused(&p, &s, "prove a bound of");
	s = solve(a, &p);
	proof = &s.proofs[0];
	struct allocate_branch *more =
		ARENA_ARRAY(a, proof->n_branches + 1, struct allocate_branch);
	memcpy(more, proof->branches, proof->n_branches * sizeof *more);
	more[proof->n_branches++].price = price;
	proof->branches = more;
	refused(&p, &s, "cases behind the last one");
	proof->n_branches--;
	price = more[proof->n_branches - 1].price;
	more[proof->n_branches - 1].price = NULL;
	more[proof->n_branches - 1].attendee = 77;
	refused(&p, &s, "of nobody or of nothing");
	more[proof->n_branches - 1].price = price;
	price[0] = -1;
	refused(&p, &s, "is impossible");
	s = solve(a, &p);
	proof = &s.proofs[0];
	for (size_t b = 0; b < proof->n_branches; b++)
		if (proof->branches[b].price)
			memset(proof->branches[b].price, 0, p.n_offerings * sizeof(int64_t));
	refused(&p, &s, "prove a bound of");
	arena_free(a);
}

/* A valid allocation with an honest bound is accepted, and not certified. */
static void test_less_than_the_best_is_not_certified(void **state)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct allocate_problem p = parted(a);
	struct allocate_solution s = solve(a, &p);
	struct allocate_solution draft;
	int64_t bound = s.bound;

	(void)state;
	for (uint64_t seed = 1;; seed++) {
		assert_true(seed < 1000);
		assert_int_equal(allocate_draft(a, &p, seed, &draft, &err), OK);
		if (draft.value < s.value)
			break;
	}
	for (size_t k = 0; k < draft.n_seats; k++)
		draft.seats[k].turn = 0;
	draft.method = ALLOCATE_EXACT;
	draft.proofs = s.proofs;
	draft.n_proofs = 1;
	draft.proofs[0].value = draft.value;
	draft.bound = bound;
	assert_int_equal(allocate_verify(&p, &draft, &err), OK);
	assert_false(draft.is_certified);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seats_that_break_a_rule_are_found),
		cmocka_unit_test(test_a_class_given_twice_is_found),
		cmocka_unit_test(test_sums_that_are_not_those_of_the_seats_are_found),
		cmocka_unit_test(test_a_proof_with_a_gap_is_found),
		cmocka_unit_test(test_less_than_the_best_is_not_certified),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

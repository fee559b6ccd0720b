/* The exact allocation: its value against trying everything, its proof, priorities, and the clock.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "allocate_world.h"

static struct allocate_solution solve(
	struct arena *a, const struct allocate_problem *p, uint64_t seed)
{
	struct effort effort = {.seed = seed};
	struct allocate_solution s;
	struct err err = err_in(a);

	effort_begin(&effort);
	if (allocate_exact(a, p, &effort, &s, &err) != OK || allocate_verify(p, &s, &err) != OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
	return s;
}

static int64_t best_of_all(
	struct arena *a, const struct allocate_problem *p, uint32_t priority, const uint64_t *kept)
{
	uint32_t *left = ARENA_ARRAY(a, p->n_offerings, uint32_t);

	for (uint32_t o = 0; o < p->n_offerings; o++)
		left[o] = p->offerings[o].capacity;
	return world_best(p, 0, left, priority, kept);
}

/* Solves a small world; returns whether its proof had to tell cases apart. */
static bool compare_with_everything(const struct world_shape *shape, uint64_t seed)
{
	struct arena *a = arena_new();
	struct allocate_problem p = world_make(a, shape, seed);
	struct allocate_solution s = solve(a, &p, seed);

	if (s.value != best_of_all(a, &p, 0, NULL) || !s.is_certified)
		fail_msg("seed %llu: %lld, and %lld is possible", (unsigned long long)seed,
			(long long)s.value, (long long)best_of_all(a, &p, 0, NULL));
	bool is_parted = s.n_proofs && s.proofs[0].n_branches;
	arena_free(a);
	return is_parted;
}

static void test_the_value_is_that_of_trying_everything(void **state)
{
	struct world_shape shape = {.n_attendees = 4,
		.n_offerings = 6,
		.n_classes = 4,
		.n_slots = 3,
		.max_want = 3,
		.max_wishes = 4,
		.max_capacity = 2};

	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++)
		compare_with_everything(&shape, seed);
	shape = (struct world_shape){.n_attendees = 3,
		.n_offerings = 7,
		.n_classes = 4,
		.n_slots = 4,
		.max_want = 4,
		.max_wishes = 4,
		.max_capacity = 1};
	for (uint64_t seed = 1; seed <= 200; seed++)
		compare_with_everything(&shape, seed);
}

/* Rare: worlds in which the best parts of bundles are worth more than the best whole ones. */
static void test_seats_that_cannot_be_parted_are_proved_case_by_case(void **state)
{
	struct world_shape shape = {.n_attendees = 4,
		.n_offerings = 7,
		.n_classes = 3,
		.n_slots = 3,
		.max_want = 3,
		.max_wishes = 3,
		.max_capacity = 2,
		.n_priorities = 1};

	(void)state;
	assert_true(compare_with_everything(&shape, 12379));
	assert_true(compare_with_everything(&shape, 16466));
	shape.n_attendees = 5;
	shape.max_capacity = 1;
	assert_true(compare_with_everything(&shape, 858));
	assert_true(compare_with_everything(&shape, 43346));
}

static void test_a_seat_of_a_late_wish_that_costs_points_is_not_taken(void **state)
{
	struct world_shape shape = {.n_attendees = 1,
		.n_offerings = 12,
		.n_classes = 14,
		.n_slots = 12,
		.max_want = 8,
		.max_wishes = 14,
		.max_capacity = 1};

	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++)
		compare_with_everything(&shape, seed);
}

static void test_an_earlier_group_is_served_as_if_it_were_alone(void **state)
{
	struct world_shape shape = {.n_attendees = 5,
		.n_offerings = 5,
		.n_classes = 3,
		.n_slots = 3,
		.max_want = 2,
		.max_wishes = 3,
		.max_capacity = 2,
		.n_priorities = 3};

	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct arena *a = arena_new();
		struct allocate_problem p = world_make(a, &shape, seed);
		struct allocate_solution s = solve(a, &p, seed);
		uint64_t kept[5] = {0};
		assert_true(s.is_certified);
		for (size_t k = 0; k < s.n_seats; k++)
			kept[s.seats[k].attendee] |= (uint64_t)1
						     << p.offerings[s.seats[k].offering].class_id;
		for (size_t g = 0; g < s.n_proofs; g++)
			assert_int_equal(
				s.proofs[g].value, best_of_all(a, &p, s.proofs[g].priority, kept));
		arena_free(a);
	}
}

static void test_the_same_seed_gives_the_same_seats(void **state)
{
	struct world_shape shape = {.n_attendees = 40,
		.n_offerings = 12,
		.n_classes = 8,
		.n_slots = 4,
		.max_want = 3,
		.max_wishes = 6,
		.max_capacity = 5,
		.n_priorities = 2};
	struct arena *a = arena_new();
	struct allocate_problem p = world_make(a, &shape, 1);
	struct allocate_solution s = solve(a, &p, 7), t = solve(a, &p, 7);
	bool differs = false;

	(void)state;
	assert_int_equal(s.n_seats, t.n_seats);
	assert_memory_equal(s.seats, t.seats, s.n_seats * sizeof *s.seats);
	for (uint64_t seed = 8; seed < 20 && !differs; seed++) {
		t = solve(a, &p, seed);
		differs = t.n_seats != s.n_seats ||
			  memcmp(s.seats, t.seats, s.n_seats * sizeof *s.seats) != 0;
	}
	assert_true(differs); /* ties fall by lot */
	arena_free(a);
}

static struct allocate_problem instance(struct arena *a, const char *name)
{
	struct buf path = buf_in(a, 1000);
	struct allocate_problem p;
	struct err err = err_in(a);
	char *text = arena_alloc(a, 1 << 20);

	buf_printf(&path, "tests/optimise/instances/allocation/%s", name);
	FILE *f = fopen(buf_cstr(&path), "rb");
	assert_non_null(f);
	size_t n = fread(text, 1, 1 << 20, f);
	fclose(f);
	assert_int_equal(allocation_read(a, (struct str){text, n}, &p, &err), OK);
	return p;
}

static void check_instance(const char *name, int64_t value)
{
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct arena *a = arena_new();
		struct allocate_problem p = instance(a, name);
		struct allocate_solution s = solve(a, &p, seed);
		assert_int_equal(s.value, value);
		assert_int_equal(s.bound, value);
		assert_true(s.is_certified);
		assert_int_equal(s.counts.n_without, 0);
		arena_free(a);
	}
}

static void test_a_thousand_attendees_are_all_served_and_the_value_is_proved(void **state)
{
	(void)state;
	check_instance("mc1.json", 10270170);
	check_instance("mc2.json", 10019429);
}

static bool stop_at_once(void *arg, const struct effort_state *state)
{
	(void)arg;
	(void)state;
	return false;
}

static void test_a_result_cut_short_keeps_the_rules_and_its_bound_is_honest(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = instance(a, "mc1.json");
	struct allocate_solution s;
	struct err err = err_in(a);
	struct effort effort = {.seed = 1, .tell = stop_at_once};

	(void)state;
	effort_begin(&effort);
	effort.told_ms -= 1000; /* so that it is asked at the first opportunity */
	assert_int_equal(allocate_exact(a, &p, &effort, &s, &err), OK);
	assert_true(s.is_cut);
	assert_false(s.is_certified);
	assert_true(s.value < 10270170);
	assert_true(s.bound >= 10270170);
	assert_true(s.bound < 10270170 + 10270170 / 100);
	assert_int_equal(allocate_verify(&p, &s, &err), OK);
	assert_false(s.is_certified);
	arena_free(a);
}

static void test_nobody_and_nothing(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = {0};
	struct allocate_solution s = solve(a, &p, 1);

	(void)state;
	assert_int_equal(s.n_seats, 0);
	assert_int_equal(s.value, 0);
	assert_true(s.is_certified);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_value_is_that_of_trying_everything),
		cmocka_unit_test(test_seats_that_cannot_be_parted_are_proved_case_by_case),
		cmocka_unit_test(test_a_seat_of_a_late_wish_that_costs_points_is_not_taken),
		cmocka_unit_test(test_an_earlier_group_is_served_as_if_it_were_alone),
		cmocka_unit_test(test_the_same_seed_gives_the_same_seats),
		cmocka_unit_test(test_a_thousand_attendees_are_all_served_and_the_value_is_proved),
		cmocka_unit_test(test_a_result_cut_short_keeps_the_rules_and_its_bound_is_honest),
		cmocka_unit_test(test_nobody_and_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

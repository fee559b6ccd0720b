/* Why somebody got a seat or did not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "allocate_world.h"

/*
 * Classes 0 (offered in slots 0 and 1), 1 (slot 0), 2 (slot 2), 3 (never). Attendee 0 wishes for
 * all of them and is busy in slot 2; the others compete for class 0.
 */
static struct allocate_problem world(struct arena *a)
{
	static const uint32_t all[] = {0, 1, 2, 3}, zero[] = {0};
	struct allocate_problem p = {.n_offerings = 4,
		.n_slots = 3,
		.n_classes = 4,
		.n_attendees = 4,
		.offerings = ARENA_ARRAY(a, 4, struct allocate_offering),
		.attendees = ARENA_ARRAY(a, 4, struct allocate_attendee)};

	p.offerings[0] = (struct allocate_offering){0, 0, 1};
	p.offerings[1] = (struct allocate_offering){1, 0, 2};
	p.offerings[2] = (struct allocate_offering){0, 1, 1};
	p.offerings[3] = (struct allocate_offering){2, 2, 1};
	p.attendees[0] =
		(struct allocate_attendee){.want = 2, .wishes = all, .n_wishes = 4, .busy = 4};
	for (int i = 1; i < 4; i++)
		p.attendees[i] =
			(struct allocate_attendee){.want = 1, .wishes = zero, .n_wishes = 1};
	return p;
}

static void expect(const struct allocate_reason *r, uint32_t rank, uint32_t offering,
	enum allocate_why why, uint32_t other)
{
	assert_int_equal(r->rank, rank);
	assert_int_equal(r->offering, offering);
	assert_int_equal(r->why, why);
	assert_int_equal(r->other, other);
}

static void test_exact_prices_say_what_a_seat_would_cost(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = world(a);
	struct allocate_solution s;
	struct allocate_reason *r;
	struct err err = err_in(a);
	struct effort effort = {.seed = 1};

	(void)state;
	effort_begin(&effort);
	assert_int_equal(allocate_exact(a, &p, &effort, &s, &err), OK);
	assert_true(s.is_certified);
	/* 0 has class 1, two of the others class 0, one nothing: a seat in class 0 is worth a
	 * first. */
	assert_int_equal(s.value, 10007 + 2 * 10008);
	struct allocate_demand *demand = allocate_demand(a, &p, &s);
	assert_int_equal(demand[0].n_seats, 1);
	assert_int_equal(demand[1].n_seats, 1);
	assert_int_equal(demand[0].n_unserved, 2);
	assert_int_equal(demand[3].n_unserved, 0);
	assert_int_equal(allocate_explain(a, &p, &s, demand, 0, &r), 5);
	expect(&r[0], 0, 0, ALLOCATE_FULL, ALLOCATE_NONE); /* class 1 is a worse wish in slot 0 */
	assert_int_equal(r[0].n_others, 1);
	assert_int_equal(r[0].worth, ALLOCATE_WORTH_FIRST);
	assert_int_equal(r[0].last_turn, ALLOCATE_NONE);
	expect(&r[1], 0, 2, ALLOCATE_FULL, ALLOCATE_NONE);
	assert_true(r[1].price >= 1008 && r[1].price <= 10008);
	expect(&r[2], 1, 1, ALLOCATE_GOT, ALLOCATE_NONE);
	assert_int_equal(r[2].price, 0);
	assert_int_equal(r[2].worth, ALLOCATE_WORTH_NOTHING);
	expect(&r[3], 2, 3, ALLOCATE_BUSY, ALLOCATE_NONE);
	expect(&r[4], 3, ALLOCATE_NONE, ALLOCATE_NOT_OFFERED, ALLOCATE_NONE);
	arena_free(a);
}

static struct allocate_solution draft_of(
	struct arena *a, const struct allocate_problem *p, uint64_t seed)
{
	struct allocate_solution s;
	struct err err = err_in(a);

	assert_int_equal(allocate_draft(a, p, seed, &s, &err), OK);
	return s;
}

static void test_a_draft_says_who_took_the_last_seat_and_when(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = world(a);
	struct allocate_reason *r;
	bool has_lost = false, has_won = false;

	(void)state;
	for (uint64_t seed = 1; !has_lost || !has_won; seed++) {
		struct allocate_solution s = draft_of(a, &p, seed);
		struct allocate_demand *demand = allocate_demand(a, &p, &s);
		assert_true(seed < 1000);
		assert_int_equal(allocate_explain(a, &p, &s, demand, 0, &r), 5);
		if (r[0].why == ALLOCATE_GOT) { /* the better wish holds slot 0, and class 0 */
			expect(&r[1], 0, 2, ALLOCATE_CLASS_GOT, 0);
			expect(&r[2], 1, 1, ALLOCATE_SLOT_TAKEN, 0);
			has_won = true;
		} else if (r[0].why == ALLOCATE_FULL) {
			expect(&r[1], 0, 2, ALLOCATE_FULL, ALLOCATE_NONE);
			expect(&r[2], 1, 1, ALLOCATE_GOT, ALLOCATE_NONE);
			assert_int_equal(r[0].last_rank, 0);
			/* the two who came before, in their turns */
			uint32_t last =
				r[0].last_turn > r[1].last_turn ? r[0].last_turn : r[1].last_turn;
			for (size_t k = 0; k < s.n_seats; k++)
				if (s.seats[k].attendee == 0)
					assert_true(s.seats[k].turn > last);
			has_lost = true;
		}
	}
	arena_free(a);
}

static void test_who_has_enough_is_told_so(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = world(a);
	struct allocate_reason *r;

	(void)state;
	p.n_attendees = 1;
	p.attendees[0].want = 1;
	p.attendees[0].busy = 0;
	struct allocate_solution s = draft_of(a, &p, 1);
	struct allocate_demand *demand = allocate_demand(a, &p, &s);
	assert_int_equal(allocate_explain(a, &p, &s, demand, 0, &r), 5);
	expect(&r[0], 0, 0, ALLOCATE_GOT, ALLOCATE_NONE);
	expect(&r[1], 0, 2, ALLOCATE_CLASS_GOT, 0);
	expect(&r[3], 2, 3, ALLOCATE_ENOUGH, ALLOCATE_NONE);
	assert_int_equal(r[3].n_others, 0);
	arena_free(a);
}

/* Over random worlds: GOT is what they have; FULL is full; LEFT does not occur when it is proved.
 */
static void test_explanations_agree_with_the_seats(void **state)
{
	struct world_shape shape = {.n_attendees = 30,
		.n_offerings = 12,
		.n_classes = 7,
		.n_slots = 4,
		.max_want = 3,
		.max_wishes = 6,
		.max_capacity = 5,
		.n_priorities = 2};
	int n_full = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 50; seed++) {
		struct arena *a = arena_new();
		struct allocate_problem p = world_make(a, &shape, seed);
		struct allocate_solution s;
		struct err err = err_in(a);
		struct effort effort = {.seed = seed};
		size_t n_got = 0;
		effort_begin(&effort);
		assert_int_equal(allocate_exact(a, &p, &effort, &s, &err), OK);
		struct allocate_demand *demand = allocate_demand(a, &p, &s);
		for (uint32_t i = 0; i < p.n_attendees; i++) {
			struct allocate_reason *r;
			size_t n = allocate_explain(a, &p, &s, demand, i, &r);
			for (size_t k = 0; k < n; k++) {
				n_got += r[k].why == ALLOCATE_GOT;
				n_full += r[k].why == ALLOCATE_FULL;
				assert_true(r[k].why != ALLOCATE_LEFT);
				if (r[k].why == ALLOCATE_FULL)
					assert_int_equal(demand[r[k].offering].n_seats,
						p.offerings[r[k].offering].capacity);
			}
		}
		assert_int_equal(n_got, s.n_seats);
		arena_free(a);
	}
	assert_true(n_full > 100);
}

static void test_the_last_turn_of_a_full_offering_is_named(void **state)
{
	struct world_shape shape = {.n_attendees = 30,
		.n_offerings = 8,
		.n_classes = 6,
		.n_slots = 4,
		.max_want = 3,
		.max_wishes = 6,
		.max_capacity = 5};
	struct arena *a = arena_new();
	struct allocate_problem p = world_make(a, &shape, 2);
	struct allocate_solution s = draft_of(a, &p, 9);
	struct allocate_demand *demand = allocate_demand(a, &p, &s);
	int n_full = 0;

	(void)state;
	for (uint32_t i = 0; i < p.n_attendees; i++) {
		struct allocate_reason *r;
		size_t n = allocate_explain(a, &p, &s, demand, i, &r);
		for (size_t k = 0; k < n; k++) {
			struct allocate_seat last = {0};
			if (r[k].why != ALLOCATE_FULL || !p.offerings[r[k].offering].capacity)
				continue;
			for (size_t q = 0; q < s.n_seats; q++)
				if (s.seats[q].offering == r[k].offering &&
					s.seats[q].turn >= last.turn)
					last = s.seats[q];
			assert_int_equal(r[k].last_turn, last.turn);
			assert_int_equal(
				r[k].last_rank, world_rank(&p, last.attendee, last.offering));
			n_full++;
		}
	}
	assert_true(n_full > 10);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact_prices_say_what_a_seat_would_cost),
		cmocka_unit_test(test_a_draft_says_who_took_the_last_seat_and_when),
		cmocka_unit_test(test_who_has_enough_is_told_so),
		cmocka_unit_test(test_the_last_turn_of_a_full_offering_is_named),
		cmocka_unit_test(test_explanations_agree_with_the_seats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

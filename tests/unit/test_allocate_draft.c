/* The draft: who comes when, what is taken, and that it can be drawn again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "allocate_world.h"

static struct allocate_solution draft(
	struct arena *a, const struct allocate_problem *p, uint64_t seed)
{
	struct allocate_solution s;
	struct err err = err_in(a);

	assert_int_equal(allocate_draft(a, p, seed, &s, &err), OK);
	if (allocate_verify(p, &s, &err) != OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
	return s;
}

static struct allocate_seat seat_of_turn(const struct allocate_solution *s, uint32_t turn)
{
	for (size_t k = 0; k < s->n_seats; k++)
		if (s->seats[k].turn == turn)
			return s->seats[k];
	return (struct allocate_seat){ALLOCATE_NONE, ALLOCATE_NONE, turn};
}

/* Three people, the same three wishes, two seats in each of three slots. */
static struct allocate_problem three(struct arena *a)
{
	static const uint32_t wishes[] = {0, 1, 2};
	struct allocate_problem p = {.n_offerings = 3,
		.n_slots = 3,
		.n_classes = 3,
		.n_attendees = 3,
		.offerings = ARENA_ARRAY(a, 3, struct allocate_offering),
		.attendees = ARENA_ARRAY(a, 3, struct allocate_attendee)};

	for (uint32_t k = 0; k < 3; k++) {
		p.offerings[k] = (struct allocate_offering){k, k, 2};
		p.attendees[k] =
			(struct allocate_attendee){.want = 3, .wishes = wishes, .n_wishes = 3};
	}
	return p;
}

static void test_turns_go_forth_and_back_in_the_order_of_the_lots(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = three(a);
	struct allocate_solution s = draft(a, &p, 5);
	uint32_t order[] = {0, 1, 2};
	struct rng lots;

	(void)state;
	rng_seed(&lots, 5);
	rng_shuffle(&lots, order, 3);
	/* first, second: class 0; third: class 1; back: third has class 2, second class 1 */
	const uint32_t who[] = {0, 1, 2, 2, 1, 0}, what[] = {0, 0, 1, 2, 1, 2};
	assert_int_equal(s.n_seats, 6);
	for (uint32_t turn = 0; turn < 6; turn++) {
		struct allocate_seat seat = seat_of_turn(&s, turn);
		assert_int_equal(seat.attendee, order[who[turn]]);
		assert_int_equal(seat.offering, what[turn]);
	}
	assert_int_equal(s.counts.n_first, 2);
	assert_int_equal(s.value, 3 * 10000 + 3 * 1000 + 2 * (8 + 7 + 6));
	arena_free(a);
}

static void test_of_a_class_offered_twice_that_with_more_seats_left_is_taken(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = three(a);

	(void)state;
	p.n_attendees = 1;
	p.attendees[0].want = 1;
	p.offerings[1] = (struct allocate_offering){0, 1, 3};
	p.offerings[2] = (struct allocate_offering){0, 2, 3};
	struct allocate_solution s = draft(a, &p, 1);
	assert_int_equal(s.n_seats, 1);
	assert_int_equal(s.seats[0].offering, 1);
	p.attendees[0].busy = 2;
	s = draft(a, &p, 1);
	assert_int_equal(s.seats[0].offering, 2);
	arena_free(a);
}

static void test_an_earlier_group_has_drafted_before_a_later_one_begins(void **state)
{
	struct world_shape shape = {.n_attendees = 40,
		.n_offerings = 10,
		.n_classes = 6,
		.n_slots = 4,
		.max_want = 3,
		.max_wishes = 5,
		.max_capacity = 6,
		.n_priorities = 3};

	(void)state;
	for (uint64_t seed = 1; seed <= 50; seed++) {
		struct arena *a = arena_new();
		struct allocate_problem p = world_make(a, &shape, seed);
		struct allocate_solution s = draft(a, &p, seed);
		for (size_t k = 0; k < s.n_seats; k++)
			for (size_t q = 0; q < s.n_seats; q++)
				if (p.attendees[s.seats[k].attendee].priority <
					p.attendees[s.seats[q].attendee].priority)
					assert_true(s.seats[k].turn < s.seats[q].turn);
		arena_free(a);
	}
}

/* Nobody prefers a seat that is left to what they have, or would have room for it. */
static void test_nobody_could_still_take_a_seat(void **state)
{
	struct world_shape shape = {.n_attendees = 30,
		.n_offerings = 12,
		.n_classes = 8,
		.n_slots = 5,
		.max_want = 4,
		.max_wishes = 7,
		.max_capacity = 4};

	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		struct arena *a = arena_new();
		struct allocate_problem p = world_make(a, &shape, seed);
		struct allocate_solution s = draft(a, &p, seed);
		uint32_t used[12] = {0}, sets[30] = {0};
		for (size_t k = 0; k < s.n_seats; k++) {
			used[s.seats[k].offering]++;
			sets[s.seats[k].attendee] |= (uint32_t)1 << s.seats[k].offering;
		}
		for (uint32_t i = 0; i < 30; i++)
			for (uint32_t o = 0; o < 12; o++)
				if (used[o] < p.offerings[o].capacity && !(sets[i] >> o & 1))
					assert_int_equal(
						world_worth(&p, i, sets[i] | (uint32_t)1 << o), -1);
		arena_free(a);
	}
}

static void test_a_draft_changed_in_one_seat_is_not_from_the_lots(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = three(a);
	struct allocate_solution s = draft(a, &p, 5);
	struct err err = err_in(a);

	(void)state;
	s.seed = 6; /* another order: the same two have what the third has now */
	while (true) {
		uint32_t x[] = {0, 1, 2}, y[] = {0, 1, 2};
		struct rng lots;
		rng_seed(&lots, 5);
		rng_shuffle(&lots, x, 3);
		rng_seed(&lots, s.seed);
		rng_shuffle(&lots, y, 3);
		if (memcmp(x, y, sizeof x) != 0)
			break;
		s.seed++;
	}
	assert_int_equal(allocate_verify(&p, &s, &err), INVALID);
	assert_non_null(strstr(err.message, "the lots give attendee"));
	s = draft(a, &p, 5);
	s.seats[0].turn += 6;
	err_clear(&err);
	assert_int_equal(allocate_verify(&p, &s, &err), INVALID);
	arena_free(a);
}

static void test_what_is_beyond_the_limits_is_refused(void **state)
{
	static const uint32_t twice[] = {1, 1};
	struct arena *a = arena_new();
	struct allocate_problem p = three(a);
	struct allocate_solution s;
	struct err err = err_in(a);

	(void)state;
	p.attendees[2].wishes = twice;
	p.attendees[2].n_wishes = 2;
	assert_int_equal(allocate_draft(a, &p, 1, &s, &err), INVALID);
	assert_string_equal(err.message, "attendee 2 wishes for class 1 twice");
	err_clear(&err);
	p.attendees[2].n_wishes = 1;
	p.attendees[2].busy = 8;
	assert_int_equal(allocate_draft(a, &p, 1, &s, &err), INVALID);
	assert_string_equal(err.message, "attendee 2 is busy in a slot that there is not");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_turns_go_forth_and_back_in_the_order_of_the_lots),
		cmocka_unit_test(test_of_a_class_offered_twice_that_with_more_seats_left_is_taken),
		cmocka_unit_test(test_an_earlier_group_has_drafted_before_a_later_one_begins),
		cmocka_unit_test(test_nobody_could_still_take_a_seat),
		cmocka_unit_test(test_a_draft_changed_in_one_seat_is_not_from_the_lots),
		cmocka_unit_test(test_what_is_beyond_the_limits_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

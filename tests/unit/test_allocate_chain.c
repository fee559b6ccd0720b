/* Chains after a cancellation: against trying every chain, and what nobody would accept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "allocate_world.h"

enum { N_ATTENDEES = 6, N_OFFERINGS = 6, MAX_MOVES = 4 };

static const struct world_shape shape = {.n_attendees = N_ATTENDEES,
	.n_offerings = N_OFFERINGS,
	.n_classes = 4,
	.n_slots = 3,
	.max_want = 3,
	.max_wishes = 4,
	.max_capacity = 2};

static struct allocate_solution seats_of(
	struct arena *a, const struct allocate_problem *p, uint64_t seed)
{
	struct allocate_solution s;
	struct err err = err_in(a);
	struct effort effort = {.seed = seed};

	effort_begin(&effort);
	if (seed % 2)
		assert_int_equal(allocate_draft(a, p, seed, &s, &err), OK);
	else
		assert_int_equal(allocate_exact(a, p, &effort, &s, &err), OK);
	return s;
}

static void find_sets(const struct allocate_solution *s, uint32_t *sets)
{
	memset(sets, 0, N_ATTENDEES * sizeof *sets);
	for (size_t k = 0; k < s->n_seats; k++)
		sets[s->seats[k].attendee] |= (uint32_t)1 << s->seats[k].offering;
}

static int n_bits(uint32_t set)
{
	return __builtin_popcount(set);
}

/* The rules of a move, said once more. */
static bool may_move(const struct allocate_problem *p, uint32_t who, uint32_t before,
	uint32_t after, enum allocate_consent consent)
{
	int64_t gain = world_worth(p, who, after) - world_worth(p, who, before);

	if (world_worth(p, who, after) < 0 || n_bits(after) < n_bits(before))
		return false;
	return gain > 0 || (consent == ALLOCATE_ANY && n_bits(after) == n_bits(before));
}

/* The most that can be gained with a free seat in `to`. moved: bits. */
static int64_t best_gain(const struct allocate_problem *p, const uint32_t *sets, uint32_t to,
	uint32_t moved, int left, enum allocate_consent consent)
{
	int64_t best = 0;

	for (uint32_t who = 0; who < N_ATTENDEES && left; who++) {
		if (moved >> who & 1 || sets[who] >> to & 1)
			continue;
		for (uint32_t from = 0; from <= N_OFFERINGS; from++) {
			uint32_t after = sets[who] | (uint32_t)1 << to;
			int64_t rest = 0;
			if (from < N_OFFERINGS && !(sets[who] >> from & 1))
				continue;
			if (from < N_OFFERINGS)
				after &= ~((uint32_t)1 << from);
			if (!may_move(p, who, sets[who], after, consent))
				continue;
			if (from < N_OFFERINGS)
				rest = best_gain(p, sets, from, moved | (uint32_t)1 << who,
					left - 1, consent);
			int64_t gain =
				world_worth(p, who, after) - world_worth(p, who, sets[who]) + rest;
			best = gain > best ? gain : best;
		}
	}
	return best;
}

/* Carries the chain out, and checks every step. */
static void check_chain(const struct allocate_problem *p, const uint32_t *sets,
	const struct allocate_chain *chain, uint32_t to, enum allocate_consent consent)
{
	uint32_t moved = 0;
	int64_t gain = 0;

	for (size_t k = 0; k < chain->n_moves; k++) {
		const struct allocate_move *move = &chain->moves[k];
		uint32_t before = sets[move->attendee], after = before | (uint32_t)1 << move->to;
		assert_int_equal(move->to, to);
		assert_false(moved >> move->attendee & 1);
		moved |= (uint32_t)1 << move->attendee;
		if (move->from != ALLOCATE_NONE) {
			assert_true(before >> move->from & 1);
			after &= ~((uint32_t)1 << move->from);
		} else {
			assert_int_equal(k, chain->n_moves - 1);
		}
		assert_true(may_move(p, move->attendee, before, after, consent));
		assert_int_equal(move->gain, world_worth(p, move->attendee, after) -
						     world_worth(p, move->attendee, before));
		gain += move->gain;
		to = move->from;
	}
	assert_int_equal(gain, chain->gain);
}

static void compare(enum allocate_consent consent)
{
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct arena *a = arena_new();
		struct allocate_problem p = world_make(a, &shape, seed);
		struct allocate_solution s = seats_of(a, &p, seed);
		struct err err = err_in(a);
		uint32_t sets[N_ATTENDEES];
		find_sets(&s, sets);
		for (uint32_t o = 0; o < N_OFFERINGS; o++) {
			struct allocate_chain chain;
			assert_int_equal(allocate_chain(a, &p, s.seats, s.n_seats, o, ALLOCATE_NONE,
						 consent, MAX_MOVES, &chain, &err),
				OK);
			assert_true(chain.is_best);
			check_chain(&p, sets, &chain, o, consent);
			assert_int_equal(chain.gain, best_gain(&p, sets, o, 0, MAX_MOVES, consent));
			if (chain.n_moves)
				assert_true(chain.gain > best_gain(&p, sets, o, 0,
								 (int)chain.n_moves - 1, consent));
		}
		arena_free(a);
	}
}

static void test_the_chain_is_the_best_and_shortest_that_improves_everybody(void **state)
{
	(void)state;
	compare(ALLOCATE_IMPROVING);
}

static void test_the_chain_is_the_best_in_which_nobody_loses_a_seat(void **state)
{
	(void)state;
	compare(ALLOCATE_ANY);
}

/* One seat in each of two classes; 0 has class 1 and wants class 0 more, 1 has nothing. */
static struct allocate_problem pair(struct arena *a)
{
	static const uint32_t both[] = {0, 1}, second[] = {1};
	struct allocate_problem p = {.n_offerings = 2,
		.n_slots = 2,
		.n_classes = 2,
		.n_attendees = 3,
		.offerings = ARENA_ARRAY(a, 2, struct allocate_offering),
		.attendees = ARENA_ARRAY(a, 3, struct allocate_attendee)};

	p.offerings[0] = (struct allocate_offering){0, 0, 1};
	p.offerings[1] = (struct allocate_offering){1, 1, 1};
	p.attendees[0] = (struct allocate_attendee){.want = 1, .wishes = both, .n_wishes = 2};
	p.attendees[1] = (struct allocate_attendee){.want = 1, .wishes = second, .n_wishes = 1};
	p.attendees[2] = (struct allocate_attendee){.want = 1, .wishes = both, .n_wishes = 2};
	return p;
}

static void test_who_gives_a_seat_back_gets_nothing_for_it(void **state)
{
	struct allocate_seat seats[] = {{0, 1, 0}, {2, 0, 0}};
	struct arena *a = arena_new();
	struct allocate_problem p = pair(a);
	struct allocate_chain chain;
	struct err err = err_in(a);

	(void)state;
	assert_int_equal(
		allocate_chain(a, &p, seats, 2, 0, 2, ALLOCATE_IMPROVING, 5, &chain, &err), OK);
	assert_int_equal(chain.n_moves, 2);
	assert_int_equal(chain.moves[0].attendee, 0);
	assert_int_equal(chain.moves[0].from, 1);
	assert_int_equal(chain.moves[0].to, 0);
	assert_int_equal(chain.moves[0].gain, 1);
	assert_int_equal(chain.moves[1].attendee, 1);
	assert_int_equal(chain.moves[1].from, ALLOCATE_NONE);
	assert_int_equal(chain.moves[1].gain, 10008);
	assert_int_equal(chain.gain, 10009);
	assert_int_equal(allocate_chain(a, &p, seats, 2, 0, 1, ALLOCATE_IMPROVING, 5, &chain, &err),
		INVALID);
	assert_string_equal(err.message, "attendee 1 has no seat in offering 0");
	arena_free(a);
}

static void test_an_earlier_group_is_asked_first(void **state)
{
	struct allocate_seat seats[] = {{0, 1, 0}};
	struct arena *a = arena_new();
	struct allocate_problem p = pair(a);
	struct allocate_chain chain;
	struct err err = err_in(a);

	(void)state;
	/* 2 would win a first seat, 0 only a better rank: but 0 comes first. */
	p.attendees[1].priority = p.attendees[2].priority = 1;
	assert_int_equal(allocate_chain(a, &p, seats, 1, 0, ALLOCATE_NONE, ALLOCATE_IMPROVING, 1,
				 &chain, &err),
		OK);
	assert_int_equal(chain.n_moves, 1);
	assert_int_equal(chain.moves[0].attendee, 0);
	p.attendees[0].priority = 1;
	assert_int_equal(allocate_chain(a, &p, seats, 1, 0, ALLOCATE_NONE, ALLOCATE_IMPROVING, 1,
				 &chain, &err),
		OK);
	assert_int_equal(chain.moves[0].attendee, 2);
	arena_free(a);
}

/* 2 gives class 1 back; 0 takes it and leaves class 0, which 2 would like: but 2 has gone. */
static void test_who_has_given_a_seat_back_takes_no_other(void **state)
{
	static const uint32_t turned[] = {1, 0};
	struct allocate_seat seats[] = {{0, 0, 0}, {2, 1, 0}};
	struct arena *a = arena_new();
	struct allocate_problem p = pair(a);
	struct allocate_chain chain;
	struct err err = err_in(a);

	(void)state;
	p.attendees[0].wishes = turned;
	p.attendees[1].n_wishes = 0;
	assert_int_equal(
		allocate_chain(a, &p, seats, 2, 1, 2, ALLOCATE_IMPROVING, 5, &chain, &err), OK);
	assert_int_equal(chain.n_moves, 1);
	assert_int_equal(chain.moves[0].attendee, 0);
	arena_free(a);
}

/* 0 has the seat that 1 needs, and could move to a worse wish: not for somebody of a later group.
 */
static void test_nobody_of_an_earlier_group_gets_less_for_a_later_one(void **state)
{
	struct allocate_seat seats[] = {{0, 0, 0}};
	static const uint32_t zero[] = {0};
	struct arena *a = arena_new();
	struct allocate_problem p = pair(a);
	struct allocate_chain chain;
	struct err err = err_in(a);

	(void)state;
	p.n_attendees = 2;
	p.attendees[1].wishes = zero;
	assert_int_equal(
		allocate_chain(a, &p, seats, 1, 1, ALLOCATE_NONE, ALLOCATE_ANY, 5, &chain, &err),
		OK);
	assert_int_equal(chain.n_moves, 2);
	assert_int_equal(chain.moves[0].gain, -1);
	assert_int_equal(chain.gain, 10007);
	p.attendees[1].priority = 1;
	assert_int_equal(
		allocate_chain(a, &p, seats, 1, 1, ALLOCATE_NONE, ALLOCATE_ANY, 5, &chain, &err),
		OK);
	assert_int_equal(chain.n_moves, 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_chain_is_the_best_and_shortest_that_improves_everybody),
		cmocka_unit_test(test_the_chain_is_the_best_in_which_nobody_loses_a_seat),
		cmocka_unit_test(test_who_gives_a_seat_back_gets_nothing_for_it),
		cmocka_unit_test(test_an_earlier_group_is_asked_first),
		cmocka_unit_test(test_who_has_given_a_seat_back_takes_no_other),
		cmocka_unit_test(test_nobody_of_an_earlier_group_gets_less_for_a_later_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

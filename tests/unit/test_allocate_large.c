/* Ten thousand attendees and a hundred offerings: proved, repeatable, and chains that are the best.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "optimise/allocate.h"
#include "optimise/rng.h"

enum { N_ATTENDEES = 10000, N_OFFERINGS = 100, N_CLASSES = 66, N_SLOTS = 6 };

/* A class by popularity: those of low numbers are wished for three times as often. */
static uint32_t draw_class(struct rng *lots)
{
	uint32_t c = rng_below(lots, N_CLASSES), other = rng_below(lots, N_CLASSES);

	return rng_below(lots, 2) && other < c ? other : c;
}

static void draw_wishes(struct arena *a, struct rng *lots, struct allocate_attendee *who)
{
	uint32_t *wishes = ARENA_ARRAY(a, 8, uint32_t), n = 3 + rng_below(lots, 6);

	while (who->n_wishes < n) {
		uint32_t c = draw_class(lots), k = 0;
		while (k < who->n_wishes && wishes[k] != c)
			k++;
		if (k == who->n_wishes)
			wishes[who->n_wishes++] = c;
	}
	who->wishes = wishes;
	who->want = 3;
	for (uint32_t k = rng_below(lots, 3); k > 0; k--)
		who->busy |= (uint64_t)1 << rng_below(lots, N_SLOTS);
}

/* Every class once, the first 34 twice; fewer seats than half of what is wanted. */
static struct allocate_problem conference(struct arena *a)
{
	static const uint32_t capacities[] = {60, 75, 90, 120, 180, 240};
	struct allocate_problem p = {.n_attendees = N_ATTENDEES,
		.n_offerings = N_OFFERINGS,
		.n_classes = N_CLASSES,
		.n_slots = N_SLOTS,
		.attendees = ARENA_ARRAY(a, N_ATTENDEES, struct allocate_attendee),
		.offerings = ARENA_ARRAY(a, N_OFFERINGS, struct allocate_offering)};
	struct rng lots;

	rng_seed(&lots, 11);
	for (uint32_t o = 0; o < N_OFFERINGS; o++)
		p.offerings[o] = (struct allocate_offering){
			o % N_CLASSES, rng_below(&lots, N_SLOTS), capacities[rng_below(&lots, 6)]};
	for (uint32_t i = 0; i < N_ATTENDEES; i++)
		draw_wishes(a, &lots, &p.attendees[i]);
	return p;
}

static void test_a_large_conference_is_proved(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = conference(a);
	struct allocate_solution s, draft;
	struct err err = err_in(a);
	struct effort effort = {.seed = 3};

	(void)state;
	effort_begin(&effort);
	assert_int_equal(allocate_draft(a, &p, 3, &draft, &err), OK);
	assert_int_equal(allocate_exact(a, &p, &effort, &s, &err), OK);
	assert_int_equal(allocate_verify(&p, &s, &err), OK);
	assert_int_equal(allocate_verify(&p, &draft, &err), OK);
	assert_true(s.is_certified);
	assert_true(s.counts.n_without < draft.counts.n_without);
	for (uint32_t o = 0; o < N_OFFERINGS; o += 9) {
		struct allocate_chain chain;
		assert_int_equal(allocate_chain(a, &p, s.seats, s.n_seats, o, ALLOCATE_NONE,
					 ALLOCATE_IMPROVING, 5, &chain, &err),
			OK);
		assert_true(chain.is_best);
		/* Nobody can gain more from a seat than its price, for that is proved. */
		assert_true(chain.gain * s.proofs[0].scale <= s.proofs[0].price[o]);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_large_conference_is_proved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

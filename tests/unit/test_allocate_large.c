/* Ten thousand attendees and a hundred offerings: proved, repeatable, and chains that are the best.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "optimise/allocate.h"
#include "tests/unit/allocate_conference.h"

static void test_a_large_conference_is_proved(void **state)
{
	struct arena *a = arena_new();
	struct allocate_problem p = conference_make(a);
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
	for (uint32_t o = 0; o < CONFERENCE_N_OFFERINGS; o += 9) {
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

/* When wishes are taken, and that booking waits for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/booking.h"
#include "domain/wish.h"

enum { OPEN = 1000, CLOSE = 2000, GIVEN = 3000 };

static struct event event_by_wishes(int64_t given_at)
{
	return (struct event){.row = {.is_by_wishes = 1,
				      .wishes_open_at = OPEN,
				      .wishes_close_at = CLOSE,
				      .seats_given_at = given_at,
				      .booking_opens_at = 1,
				      .booking_closes_at = 9000}};
}

static void wishes_are_open_from_their_first_to_their_last_millisecond(void **state)
{
	struct event e = event_by_wishes(0);

	(void)state;
	assert_int_equal(wish_phase_at(&e, OPEN - 1), WISH_NOT_YET);
	assert_int_equal(wish_phase_at(&e, OPEN), WISH_OPEN);
	assert_int_equal(wish_phase_at(&e, CLOSE), WISH_OPEN);
	assert_int_equal(wish_phase_at(&e, CLOSE + 1), WISH_CLOSED);
	e = event_by_wishes(GIVEN);
	assert_int_equal(wish_phase_at(&e, GIVEN), WISH_GIVEN);
	assert_int_equal(wish_phase_at(&e, OPEN), WISH_GIVEN);
	e.row.is_by_wishes = 0;
	assert_int_equal(wish_phase_at(&e, OPEN), WISH_FIRST_COME);
	assert_string_equal(wish_phase_word(WISH_GIVEN), "given");
}

static void booking_opens_once_the_seats_are_given(void **state)
{
	struct event e = event_by_wishes(0);

	(void)state;
	assert_int_equal(booking_phase_at(&e, OPEN), BOOKING_NOT_YET);
	assert_int_equal(booking_phase_at(&e, CLOSE + 1), BOOKING_NOT_YET);
	assert_int_equal(booking_phase_at(&e, 9001), BOOKING_CLOSED);
	e = event_by_wishes(GIVEN);
	assert_int_equal(booking_phase_at(&e, GIVEN), BOOKING_OPEN);
	assert_int_equal(booking_phase_at(&e, 9001), BOOKING_CLOSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wishes_are_open_from_their_first_to_their_last_millisecond),
		cmocka_unit_test(booking_opens_once_the_seats_are_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

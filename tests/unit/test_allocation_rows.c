/* Rows of an event as the problem of an allocation: slots, classes, who is busy, who has what. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "base/clock.h"
#include "planning/allocation_rows.h"

static struct arena *arena;
static struct err err;

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	err = err_in(arena);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* ---- a small event: masterclasses 10 and 20, hours of one day ---- */

static struct q_masterclasses_of_event masterclasses[] = {
	{.id = 20, .code = "B", .title = "Close reading"},
	{.id = 10, .code = "A", .title = "Breaking news"},
};

#define SESSION(n, class, from, to, places, gone)                                                  \
	{.id = n, .code = "S" #n, .masterclass_id = class, .starts_at = (from)*HOUR_MS,            \
		.ends_at = (to)*HOUR_MS, .capacity = places, .taken = gone}
#define WISHER(n, word)                                                                            \
	{.registration_id = n, .code = word, .person_id = 100 + n, .name = "Ada", .email = ""}
#define WISH(n, word, class, place)                                                                \
	{.code = word, .registration_id = n, .masterclass_id = class, .rank = place}
#define BOOKING(n, word, session, class, from, to)                                                 \
	{.code = word, .registration_id = n, .session_id = session, .state = "booked",             \
		.session_code = "S" #session, .masterclass_id = class, .starts_at = (from)*HOUR_MS,\
		.ends_at = (to)*HOUR_MS}
#define DUTY(n, from, to)                                                                          \
	{.registration_id = n, .id = 900, .starts_at = (from)*HOUR_MS, .ends_at = (to)*HOUR_MS}
#define SET(rows, member, array)                                                                   \
	((rows)->member = (array), (rows)->n_##member = sizeof(array) / sizeof((array)[0]))

static struct allocation_rows rows_new(void)
{
	struct allocation_rows r = {.most_seats = 2};

	SET(&r, masterclasses, masterclasses);
	return r;
}

static void test_sessions_that_overlap_share_a_slot_and_those_that_touch_do_not(void **state)
{
	static struct q_allocation_sessions sessions[] = {SESSION(1, 10, 14, 15, 8, 3),
		SESSION(2, 20, 14, 15, 4, 0), SESSION(3, 10, 15, 16, 8, 8)};
	static struct q_allocation_wishers wishers[] = {WISHER(1, "AA")};
	static struct q_allocation_wishes wishes[] = {WISH(1, "AA", 20, 1), WISH(1, "AA", 10, 2)};
	struct allocation_rows r = rows_new();
	struct allocation_setup s;

	(void)state;
	SET(&r, sessions, sessions);
	SET(&r, wishers, wishers);
	SET(&r, wishes, wishes);
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), OK);
	assert_int_equal(s.problem.n_slots, 2);
	assert_int_equal(s.problem.offerings[0].slot, 0);
	assert_int_equal(s.problem.offerings[1].slot, 0);
	assert_int_equal(s.problem.offerings[2].slot, 1);
	assert_int_equal(s.problem.offerings[0].class_id, 0);
	assert_int_equal(s.problem.offerings[1].class_id, 1);
	assert_int_equal(s.problem.offerings[0].capacity, 5);
	assert_int_equal(s.problem.offerings[2].capacity, 0);
	assert_false(s.is_joined);
	assert_int_equal(s.problem.n_attendees, 1);
	assert_int_equal(s.problem.attendees[0].wishes[0], 1);
	assert_int_equal(s.problem.attendees[0].wishes[1], 0);
	assert_int_equal(s.problem.attendees[0].want, 2);
	assert_string_equal(s.problem.attendees[0].code, "AA");
	assert_int_equal(allocate_check(&s.problem, &err), OK);
}

static void test_times_that_hang_together_are_one_slot_and_it_says_so(void **state)
{
	static struct q_allocation_sessions sessions[] = {SESSION(1, 10, 14, 17, 8, 0),
		SESSION(2, 20, 14, 15, 4, 0), SESSION(3, 20, 16, 17, 4, 0)};
	static struct q_allocation_wishers wishers[] = {WISHER(1, "AA")};
	static struct q_allocation_wishes wishes[] = {WISH(1, "AA", 20, 1)};
	struct allocation_rows r = rows_new();
	struct allocation_setup s;

	(void)state;
	SET(&r, sessions, sessions);
	SET(&r, wishers, wishers);
	SET(&r, wishes, wishes);
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), OK);
	assert_int_equal(s.problem.n_slots, 1);
	assert_true(s.is_joined);
}

static void test_a_duty_keeps_busy_and_who_is_never_free_is_no_attendee(void **state)
{
	static struct q_allocation_sessions sessions[] = {
		SESSION(1, 10, 14, 15, 8, 0), SESSION(2, 20, 15, 16, 4, 0)};
	static struct q_allocation_wishers wishers[] = {
		WISHER(1, "AA"), WISHER(2, "BB"), WISHER(3, "CC")};
	static struct q_allocation_wishes wishes[] = {WISH(1, "AA", 10, 1), WISH(1, "AA", 20, 2),
		WISH(2, "BB", 10, 1), WISH(3, "CC", 20, 1)};
	static struct q_allocation_duties duties[] = {DUTY(1, 13, 15), DUTY(2, 14, 15), DUTY(3, 14, 15)};
	struct allocation_rows r = rows_new();
	struct allocation_setup s;

	(void)state;
	SET(&r, sessions, sessions);
	SET(&r, wishers, wishers);
	SET(&r, wishes, wishes);
	SET(&r, duties, duties);
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), OK);
	assert_int_equal(s.problem.n_attendees, 2);
	assert_int_equal(s.wisher_of[0], 0);
	assert_int_equal(s.wisher_of[1], 2);
	assert_int_equal(s.problem.attendees[0].busy, 1);
	assert_int_equal(s.problem.attendees[1].busy, 0); /* what they wish for is not on then */
	assert_true(s.is_busy[1]);
	assert_false(s.is_busy[0] || s.is_busy[2]);
}

static void test_a_seat_one_has_counts_and_ends_the_wish_for_it(void **state)
{
	static struct q_allocation_sessions sessions[] = {SESSION(1, 10, 14, 15, 8, 1),
		SESSION(2, 20, 14, 15, 4, 0), SESSION(3, 20, 16, 17, 4, 0)};
	static struct q_allocation_wishers wishers[] = {WISHER(1, "AA")};
	static struct q_allocation_wishes wishes[] = {WISH(1, "AA", 10, 1), WISH(1, "AA", 20, 2)};
	static struct q_allocation_bookings bookings[] = {BOOKING(1, "AA", 1, 10, 14, 15)};
	struct allocation_rows r = rows_new();
	struct allocation_setup s;

	(void)state;
	SET(&r, sessions, sessions);
	SET(&r, wishers, wishers);
	SET(&r, wishes, wishes);
	SET(&r, bookings, bookings);
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), OK);
	assert_int_equal(s.problem.attendees[0].n_wishes, 1);
	assert_int_equal(s.problem.attendees[0].wishes[0], 1);
	assert_int_equal(s.problem.attendees[0].want, 1);
	assert_int_equal(s.problem.attendees[0].busy, 1);
	r.most_seats = 1;
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), CONFLICT);
	assert_non_null(strstr(err.message, "has a seat already"));
}

static void test_to_move_seats_are_held_and_offerings_have_just_those(void **state)
{
	static struct q_allocation_sessions sessions[] = {
		SESSION(1, 10, 14, 15, 8, 2), SESSION(2, 20, 14, 15, 4, 0)};
	static struct q_allocation_wishers wishers[] = {WISHER(1, "AA"), WISHER(2, "BB")};
	static struct q_allocation_wishes wishes[] = {
		WISH(1, "AA", 20, 1), WISH(1, "AA", 10, 2), WISH(2, "BB", 10, 1)};
	static struct q_allocation_bookings bookings[] = {
		BOOKING(1, "AA", 1, 10, 14, 15), BOOKING(2, "BB", 1, 10, 14, 15)};
	static struct q_allocation_duties duties[] = {DUTY(2, 14, 15)};
	struct allocation_rows r = rows_new();
	struct allocation_setup s;
	struct allocate_chain chain;

	(void)state;
	SET(&r, sessions, sessions);
	SET(&r, wishers, wishers);
	SET(&r, wishes, wishes);
	SET(&r, bookings, bookings);
	assert_int_equal(allocation_setup(arena, &r, TO_MOVE, &s, &err), OK);
	assert_int_equal(s.n_seats, 2);
	assert_int_equal(s.problem.offerings[0].capacity, 2);
	assert_int_equal(s.problem.offerings[1].capacity, 0);
	assert_int_equal(allocate_chain(arena, &s.problem, s.seats, s.n_seats, 1, ALLOCATE_NONE,
				 ALLOCATE_IMPROVING, 4, &chain, &err),
		OK);
	assert_int_equal(chain.n_moves, 1);
	assert_int_equal(chain.moves[0].attendee, 0);
	assert_int_equal(chain.moves[0].from, 0);
	/* A duty that came later: they stay where they are, and are not moved. */
	SET(&r, duties, duties);
	assert_int_equal(allocation_setup(arena, &r, TO_MOVE, &s, &err), OK);
	assert_int_equal(s.problem.n_attendees, 1);
	assert_int_equal(s.n_seats, 1);
	assert_int_equal(s.problem.offerings[0].capacity, 1);
}

static void test_holders_of_chosen_tickets_come_first(void **state)
{
	static struct q_allocation_sessions sessions[] = {SESSION(1, 10, 14, 15, 8, 0)};
	struct q_allocation_wishers wishers[] = {WISHER(1, "AA"), WISHER(2, "BB")};
	static struct q_allocation_wishes wishes[] = {WISH(1, "AA", 10, 1), WISH(2, "BB", 10, 1)};
	struct allocation_rows r = rows_new();
	struct allocation_setup s;

	(void)state;
	SET(&r, sessions, sessions);
	SET(&r, wishers, wishers);
	SET(&r, wishes, wishes);
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), OK);
	assert_int_equal(s.problem.attendees[0].priority, 0);
	assert_int_equal(s.problem.attendees[1].priority, 0);
	wishers[1].is_first = 1;
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), OK);
	assert_int_equal(s.problem.attendees[0].priority, 1);
	assert_int_equal(s.problem.attendees[1].priority, 0);
}

static void test_any_change_that_matters_changes_the_text(void **state)
{
	struct q_allocation_sessions sessions[] = {SESSION(1, 10, 14, 15, 8, 0)};
	struct q_allocation_wishers wishers[] = {WISHER(1, "AA")};
	struct q_allocation_wishes wishes[] = {WISH(1, "AA", 10, 1), WISH(1, "AA", 20, 2)};
	struct q_allocation_duties duties[] = {DUTY(1, 13, 14)};
	struct allocation_rows r = rows_new();
	int64_t *const numbers[] = {&sessions[0].starts_at, &sessions[0].ends_at,
		&sessions[0].capacity, &sessions[0].taken, &wishers[0].is_first,
		&wishes[0].masterclass_id, &duties[0].ends_at, &r.most_seats};
	const char *before;

	(void)state;
	SET(&r, sessions, sessions);
	SET(&r, wishers, wishers);
	SET(&r, wishes, wishes);
	SET(&r, duties, duties);
	before = allocation_rows_text(arena, &r);
	assert_string_equal(allocation_rows_text(arena, &r), before);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		++*numbers[i];
		assert_string_not_equal(allocation_rows_text(arena, &r), before);
		--*numbers[i];
	}
	r.n_wishes = 1;
	assert_string_not_equal(allocation_rows_text(arena, &r), before);
}

static void test_what_cannot_be_worked_out_is_said(void **state)
{
	struct q_allocation_sessions *sessions =
		ARENA_ARRAY(arena, ALLOCATE_MAX_SLOTS + 1, struct q_allocation_sessions);
	static struct q_allocation_wishers wishers[] = {WISHER(1, "AA")};
	static struct q_allocation_wishes wishes[] = {WISH(1, "AA", 10, 1)};
	struct allocation_rows r = rows_new();
	struct allocation_setup s;

	(void)state;
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), CONFLICT);
	assert_non_null(strstr(err.message, "time and places"));
	err_clear(&err);
	for (size_t i = 0; i <= ALLOCATE_MAX_SLOTS; i++)
		sessions[i] = (struct q_allocation_sessions){.id = (int64_t)i + 1,
			.code = "S",
			.masterclass_id = 10,
			.starts_at = (int64_t)(2 * i + 1) * HOUR_MS,
			.ends_at = (int64_t)(2 * i + 2) * HOUR_MS,
			.capacity = 1};
	r.sessions = sessions;
	r.n_sessions = ALLOCATE_MAX_SLOTS + 1;
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), CONFLICT);
	assert_non_null(strstr(err.message, "Nobody has ranked"));
	err_clear(&err);
	SET(&r, wishers, wishers);
	SET(&r, wishes, wishes);
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), CONFLICT);
	assert_non_null(strstr(err.message, "64 different times"));
	err_clear(&err);
	r.n_sessions = ALLOCATE_MAX_SLOTS;
	assert_int_equal(allocation_setup(arena, &r, TO_GIVE, &s, &err), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_sessions_that_overlap_share_a_slot_and_those_that_touch_do_not, begin, end),
		cmocka_unit_test_setup_teardown(
			test_times_that_hang_together_are_one_slot_and_it_says_so, begin, end),
		cmocka_unit_test_setup_teardown(
			test_a_duty_keeps_busy_and_who_is_never_free_is_no_attendee, begin, end),
		cmocka_unit_test_setup_teardown(
			test_a_seat_one_has_counts_and_ends_the_wish_for_it, begin, end),
		cmocka_unit_test_setup_teardown(
			test_to_move_seats_are_held_and_offerings_have_just_those, begin, end),
		cmocka_unit_test_setup_teardown(
			test_holders_of_chosen_tickets_come_first, begin, end),
		cmocka_unit_test_setup_teardown(
			test_any_change_that_matters_changes_the_text, begin, end),
		cmocka_unit_test_setup_teardown(
			test_what_cannot_be_worked_out_is_said, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

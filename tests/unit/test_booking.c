/* When one may book, until when an offer holds, what is in the way: the rules without a store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "domain/booking.h"
#include "domain/mail_words.h"
#include "domain/purchase.h"
#include "domain/registration.h"
#include "domain/ticket_type.h"

#define AT(hours) (INT64_C(1812585600000) + (int64_t)((hours)*3600000.0)) /* 2027-06-10T00:00Z */

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct event event_from_to(int64_t opens_at, int64_t closes_at)
{
	return (struct event){
		.row = {.booking_opens_at = opens_at,
			.booking_closes_at = closes_at,
			.ends_on = "2027-12-15"},
		.zone = zone_find("Europe/London"),
	};
}

static void booking_is_open_from_its_first_to_its_last_millisecond(void **state)
{
	struct event e = event_from_to(AT(0), AT(24));

	(void)state;
	assert_int_equal(booking_phase_at(&e, AT(0) - 1), BOOKING_NOT_YET);
	assert_int_equal(booking_phase_at(&e, AT(0)), BOOKING_OPEN);
	assert_int_equal(booking_phase_at(&e, AT(24)), BOOKING_OPEN);
	assert_int_equal(booking_phase_at(&e, AT(24) + 1), BOOKING_CLOSED);
	e = event_from_to(0, AT(24));
	assert_int_equal(booking_phase_at(&e, AT(1)), BOOKING_NOT_YET);
	e = event_from_to(AT(0), 0);
	assert_int_equal(booking_phase_at(&e, AT(9999)), BOOKING_OPEN);
}

static void a_session_is_booked_before_it_begins_and_once_it_has_a_time(void **state)
{
	struct event e = event_from_to(AT(0), 0);

	(void)state;
	assert_int_equal(booking_phase_of(&e, AT(5), AT(5) - 1), BOOKING_OPEN);
	assert_int_equal(booking_phase_of(&e, AT(5), AT(5)), BOOKING_CLOSED);
	assert_int_equal(booking_phase_of(&e, 0, AT(1)), BOOKING_NOT_YET);
}

static void an_offer_holds_a_day_but_not_beyond_booking_or_the_session(void **state)
{
	struct event e = event_from_to(AT(0), AT(100));

	(void)state;
	assert_int_equal(booking_offer_until(&e, AT(200), AT(10)), AT(34));
	assert_int_equal(booking_offer_until(&e, AT(200), AT(90)), AT(100));
	assert_int_equal(booking_offer_until(&e, AT(95), AT(90)), AT(95) - 1);
	e = event_from_to(AT(0), 0);
	assert_int_equal(booking_offer_until(&e, AT(200), AT(190)), AT(200) - 1);
}

/* ---- clashes ---- */

static enum rc clash(const struct engagements *e, int64_t masterclass_id, double from, double to,
	const char **why)
{
	struct err err = err_in(arena);
	enum rc rc = booking_clash(e,
		&(struct bookable){
			.session_id = 1,
			.masterclass_id = masterclass_id,
			.starts_at = AT(from),
			.ends_at = AT(to),
		},
		zone_find("Europe/London"), &err);

	*why = err.message;
	return rc;
}

static struct engagements booked(struct q_bookings_of_registration *row)
{
	return (struct engagements){.bookings = row, .n_bookings = 1};
}

static void times_that_only_touch_do_not_clash(void **state)
{
	struct q_bookings_of_registration row = {.state = "booked",
		.session_id = 2,
		.title = "Close reading",
		.starts_at = AT(14),
		.ends_at = AT(15.5)};
	struct engagements e = booked(&row);
	const char *why;

	(void)state;
	assert_int_equal(clash(&e, 0, 15.5, 17, &why), OK);
	assert_int_equal(clash(&e, 0, 12, 14, &why), OK);
	assert_int_equal(clash(&e, 0, 15.49, 17, &why), CONFLICT);
	assert_string_equal(why,
		"You are booked into “Close reading” at that time (15:00–16:30). Give that place "
		"back first");
	assert_int_equal(clash(&e, 0, 12, 14.01, &why), CONFLICT);
	assert_int_equal(clash(&e, 0, 14.5, 15, &why), CONFLICT);
	assert_int_equal(clash(&e, 0, 10, 20, &why), CONFLICT);
}

static void an_offer_is_in_the_way_and_waiting_is_not(void **state)
{
	struct q_bookings_of_registration row = {.state = "offered",
		.session_id = 2,
		.title = "Close reading",
		.starts_at = AT(14),
		.ends_at = AT(15)};
	struct engagements e = booked(&row);
	const char *why;

	(void)state;
	assert_int_equal(clash(&e, 0, 14, 15, &why), CONFLICT);
	assert_non_null(strstr(why, "Answer that offer first"));
	row.state = "waiting";
	assert_int_equal(clash(&e, 0, 14, 15, &why), OK);
	row.masterclass_id = 7;
	assert_int_equal(clash(&e, 7, 14, 15, &why), OK);
}

static void one_masterclass_is_booked_once_whatever_the_time(void **state)
{
	struct q_bookings_of_registration row = {.state = "booked",
		.session_id = 2,
		.masterclass_id = 7,
		.title = "Close reading",
		.starts_at = AT(100),
		.ends_at = AT(101)};
	struct engagements e = booked(&row);
	const char *why;

	(void)state;
	assert_int_equal(clash(&e, 7, 14, 15, &why), CONFLICT);
	assert_non_null(strstr(why, "Monday 14 June 2027, 05:00 (Europe/London)"));
	assert_int_equal(clash(&e, 8, 14, 15, &why), OK);
	/* Sessions that belong to none are not repeats of each other. */
	row.masterclass_id = 0;
	assert_int_equal(clash(&e, 0, 14, 15, &why), OK);
	/* One's own place there is not in one's way. */
	row.session_id = 1;
	row.masterclass_id = 7;
	assert_int_equal(clash(&e, 7, 14, 15, &why), OK);
}

static void every_duty_says_what_it_is(void **state)
{
	static const struct {
		const char *role, *title, *said;
	} cases[] = {
		{"facilitator", NULL, "You facilitate “Talks”"},
		{"chair", NULL, "You chair “Talks”"},
		{"speaker", NULL, "You speak in “Talks”"},
		{"panellist", NULL, "You are on the panel of “Talks”"},
		{"for", NULL, "You debate in “Talks”"},
		{"against", NULL, "You debate in “Talks”"},
		{"presenter", "Sitting down", "You present “Sitting down”"},
	};
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct q_duties_of_person duty = {.id = 3,
			.title = "Talks",
			.starts_at = AT(14),
			.ends_at = AT(15),
			.role = cases[i].role,
			.presentation_title = cases[i].title};
		struct engagements e = {.duties = &duty, .n_duties = 1};
		assert_int_equal(clash(&e, 0, 14, 15, &why), CONFLICT);
		assert_int_equal(strncmp(why, cases[i].said, strlen(cases[i].said)), 0);
		assert_int_equal(clash(&e, 0, 15, 16, &why), OK);
		duty.id = 1;
		assert_int_equal(clash(&e, 0, 14, 15, &why), CONFLICT);
		assert_string_equal(why, "You are one of those who give this session");
	}
}

/* ---- tickets, needs, payers, words ---- */

static void a_ticket_is_sold_out_before_it_is_over(void **state)
{
	struct q_ticket_types_of_event type = {.capacity = 2, .taken = 1, .closes_at = AT(5)};

	(void)state;
	assert_int_equal(ticket_sale_of(&type, AT(5)), TICKET_ON_SALE);
	assert_int_equal(ticket_sale_of(&type, AT(5) + 1), TICKET_NOT_SOLD);
	type.taken = 2;
	assert_int_equal(ticket_sale_of(&type, AT(5) + 1), TICKET_SOLD_OUT);
	type = (struct q_ticket_types_of_event){.capacity = 0};
	assert_int_equal(ticket_sale_of(&type, AT(5)), TICKET_SOLD_OUT);
}

static void needs_are_kept_thirty_days_over_the_turn_of_a_year(void **state)
{
	struct event e = event_from_to(0, 0);

	(void)state;
	assert_string_equal(needs_erase_on(arena, &e), "2028-01-14");
	e.row.ends_on = "2028-02-01";
	assert_string_equal(needs_erase_on(arena, &e), "2028-03-02");
}

static enum rc check_payer(const char *name, const char *email, const char *address)
{
	struct err err = err_in(arena);

	return payer_check(&(struct payer){name, email, address, ""}, &err);
}

static void a_payer_is_nobody_or_can_be_reached(void **state)
{
	(void)state;
	assert_int_equal(check_payer("", "", ""), OK);
	assert_int_equal(check_payer("Office", "office@example.org", ""), OK);
	assert_int_equal(check_payer("Office", "", ""), INVALID);
	assert_int_equal(check_payer("", "office@example.org", ""), INVALID);
	assert_int_equal(check_payer("", "", "A street"), INVALID);
}

static void mails_tell_the_weekday_the_zone_and_the_cents(void **state)
{
	(void)state;
	assert_string_equal(mail_words_moment(arena, AT(0), zone_find("Europe/London")),
		"Thursday 10 June 2027, 01:00 (Europe/London)");
	assert_string_equal(mail_words_moment(arena, AT(0), zone_find("America/St_Johns")),
		"Wednesday 9 June 2027, 21:30 (America/St_Johns)");
	assert_string_equal(mail_words_money(arena, 32005, "GBP"), "GBP 320.05");
	assert_string_equal(mail_words_money(arena, 0, "EUR"), "EUR 0.00");
	assert_string_equal(mail_words_money(arena, -7, "EUR"), "EUR -0.07");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(booking_is_open_from_its_first_to_its_last_millisecond),
		cmocka_unit_test(a_session_is_booked_before_it_begins_and_once_it_has_a_time),
		cmocka_unit_test(an_offer_holds_a_day_but_not_beyond_booking_or_the_session),
		cmocka_unit_test(times_that_only_touch_do_not_clash),
		cmocka_unit_test(an_offer_is_in_the_way_and_waiting_is_not),
		cmocka_unit_test(one_masterclass_is_booked_once_whatever_the_time),
		cmocka_unit_test(every_duty_says_what_it_is),
		cmocka_unit_test(a_ticket_is_sold_out_before_it_is_over),
		cmocka_unit_test(needs_are_kept_thirty_days_over_the_turn_of_a_year),
		cmocka_unit_test(a_payer_is_nobody_or_can_be_reached),
		cmocka_unit_test(mails_tell_the_weekday_the_zone_and_the_cents),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* What cannot be in a programme, and that a snapshot says what the programme said. */
#include "domain/programme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "base/clock.h"

enum { HALL = 11, STUDY = 12, ADA = 21, BO = 22, CY = 23 };

static struct arena *a;
static const struct programme_days *days;

/* Hours of the first day of the event. */
static int64_t hour(int h)
{
	return days->from_ms + h * HOUR_MS;
}

static struct programme_session session(int64_t id, int from, int to)
{
	return (struct programme_session){
		.id = id,
		.code = "K7QF3M2XG",
		.kind = "parallel",
		.title = id == 1 ? "One" : "Two",
		.summary = "",
		.room_code = "",
		.room_name = "Hall",
		.masterclass_code = "",
		.starts_at = hour(from),
		.ends_at = hour(to),
	};
}

static void with_person(struct programme_session *s, int64_t person_id, const char *role)
{
	s->people = ARENA_NEW(a, struct programme_person);
	s->n_people = 1;
	*s->people = (struct programme_person){.id = person_id,
		.code = "",
		.role = role,
		.name = person_id == ADA ? "Ada" : "Bo",
		.name_lang = "",
		.said_name = "",
		.post = "",
		.affiliation = ""};
}

/* One presentation with two authors, of whom the first presents. */
static void with_item(struct programme_session *s, int64_t presenter, int64_t other, int minutes)
{
	s->items = ARENA_NEW(a, struct programme_item);
	s->n_items = 1;
	*s->items = (struct programme_item){.code = "I",
		.title = "Work",
		.submission_code = "S",
		.format = "talk",
		.minutes = minutes,
		.is_fit = true,
		.authors = ARENA_ARRAY(a, 2, struct programme_author),
		.n_authors = 2};
	s->items->authors[0] = (struct programme_author){presenter, "Ada", "", "", true};
	s->items->authors[1] = (struct programme_author){other, "Bo", "", "", false};
}

static size_t clashes(struct programme_session *sessions, size_t n, int64_t id, struct clash **out)
{
	struct programme p = {.sessions = sessions, .n_sessions = n};

	return programme_clashes(a, &p, days, id, out);
}

static void assert_clear(struct programme_session *sessions, size_t n)
{
	struct clash *list;

	assert_int_equal(clashes(sessions, n, 0, &list), 0);
}

static void assert_one(
	struct programme_session *sessions, size_t n, enum clash_kind kind, const char *reason)
{
	struct clash *list;

	assert_int_equal(clashes(sessions, n, 0, &list), 1);
	assert_int_equal(list[0].kind, kind);
	assert_non_null(strstr(list[0].reason, reason));
}

static void test_one_room_holds_one_session_at_a_time(void **state)
{
	struct programme_session s[] = {session(1, 9, 11), session(2, 10, 12)};

	(void)state;
	s[0].room_id = s[1].room_id = HALL;
	assert_one(s, 2, CLASH_ROOM, "Hall is taken by “Two” (2027-09-08, 10:00 to 12:00)");
	s[1].room_id = STUDY;
	assert_clear(s, 2);
	s[0].room_id = s[1].room_id = 0;
	assert_clear(s, 2);
}

static void test_one_may_begin_when_the_other_ends(void **state)
{
	struct programme_session s[] = {session(1, 9, 10), session(2, 10, 12)};

	(void)state;
	s[0].room_id = s[1].room_id = HALL;
	with_person(&s[0], ADA, "chair");
	with_person(&s[1], ADA, "speaker");
	assert_clear(s, 2);
	s[0].ends_at += MINUTE_MS;
	struct clash *list;
	assert_int_equal(clashes(s, 2, 0, &list), 2);
}

static void test_what_has_no_time_clashes_with_nothing(void **state)
{
	struct programme_session s[] = {session(1, 9, 11), session(2, 10, 12)};

	(void)state;
	s[0].room_id = s[1].room_id = HALL;
	s[1].starts_at = s[1].ends_at = 0;
	assert_clear(s, 2);
}

static void test_nobody_has_two_parts_at_a_time(void **state)
{
	struct programme_session s[] = {session(1, 9, 11), session(2, 10, 12)};

	(void)state;
	with_person(&s[0], ADA, "chair");
	with_person(&s[1], ADA, "facilitator");
	assert_one(s, 2, CLASH_PERSON, "Ada cannot be in “One” and in “Two”");
	with_person(&s[1], BO, "facilitator");
	assert_clear(s, 2);
}

static void test_presenting_is_a_part_and_being_an_author_is_not(void **state)
{
	struct programme_session s[] = {session(1, 9, 11), session(2, 10, 12)};

	(void)state;
	with_person(&s[0], ADA, "speaker");
	with_item(&s[1], ADA, CY, 15);
	assert_one(s, 2, CLASH_PERSON, "Ada cannot be in");
	with_item(&s[1], CY, ADA, 15);
	assert_clear(s, 2);
	with_item(&s[0], BO, CY, 15);
	with_item(&s[1], BO, CY, 15);
	assert_one(s, 2, CLASH_PERSON, "cannot be in");
	s[1].items->is_fit = false;
	assert_clear(s, 2);
}

static void test_two_authors_without_an_address_are_not_one_person(void **state)
{
	struct programme_session s[] = {session(1, 9, 11), session(2, 10, 12)};

	(void)state;
	with_item(&s[0], 0, 0, 15);
	with_item(&s[1], 0, 0, 15);
	assert_clear(s, 2);
}

static void test_chairing_the_session_one_presents_in_is_no_clash(void **state)
{
	struct programme_session s[] = {session(1, 9, 11)};

	(void)state;
	with_person(&s[0], ADA, "chair");
	with_item(&s[0], ADA, BO, 15);
	assert_clear(s, 1);
}

static void test_presentations_fit_their_session(void **state)
{
	struct programme_session s[] = {session(1, 9, 10)};

	(void)state;
	with_item(&s[0], ADA, BO, 60);
	assert_clear(s, 1);
	with_item(&s[0], ADA, BO, 61);
	assert_one(s, 1, CLASH_MINUTES, "need 61 minutes, the session has 60");
	s[0].kind = "poster";
	assert_clear(s, 1);
	s[0].kind = "parallel";
	s[0].items->is_fit = false;
	assert_clear(s, 1);
}

static void test_sessions_stay_within_the_days_of_the_event(void **state)
{
	struct programme_session s[] = {session(1, 0, 72)};

	(void)state;
	assert_clear(s, 1);
	s[0].ends_at += MINUTE_MS;
	assert_one(s, 1, CLASH_DAYS, "runs from 2027-09-08 to 2027-09-10");
	s[0].ends_at -= MINUTE_MS;
	s[0].starts_at -= MINUTE_MS;
	assert_one(s, 1, CLASH_DAYS, "outside the event");
}

static void test_one_session_is_checked_against_all_others(void **state)
{
	struct programme_session s[] = {session(1, 9, 11), session(2, 10, 12), session(3, 10, 12)};
	struct clash *list;

	(void)state;
	s[0].room_id = s[1].room_id = s[2].room_id = HALL;
	assert_int_equal(clashes(s, 3, 0, &list), 3);
	assert_int_equal(clashes(s, 3, 2, &list), 2);
	assert_ptr_equal(list[0].session, &s[1]);
}

static void test_the_days_of_an_event_follow_its_clocks(void **state)
{
	struct event event = {.zone = zone_find("Europe/London")};
	struct programme_days d;

	(void)state;
	event.row.starts_on = "2027-10-31"; /* 25 hours long */
	event.row.ends_on = "2027-10-31";
	d = programme_days_of(&event);
	assert_int_equal(d.to_ms - d.from_ms, 25 * HOUR_MS);
}

static void test_a_snapshot_comes_back_as_it_was(void **state)
{
	struct programme_room room = {HALL, "hall", "Hall \"A\"", "", 90};
	struct programme_masterclass masterclass = {31, "M", "Asking", "", "one\ntwo"};
	struct programme_theme theme = {"teaching", "T", "Teaching", 2};
	struct programme_session s[] = {session(1, 9, 11), session(2, 10, 12)};
	struct programme p = {.rooms = &room,
		.n_rooms = 1,
		.masterclasses = &masterclass,
		.n_masterclasses = 1,
		.sessions = s,
		.n_sessions = 2};
	struct programme back;
	struct err err = err_in(a);

	(void)state;
	s[0].room_code = "hall";
	s[0].masterclass_code = "M";
	s[0].theme = &theme;
	with_person(&s[0], ADA, "speaker");
	with_item(&s[0], ADA, BO, 20);
	s[1].starts_at = s[1].ends_at = 0; /* not placed: not in it */
	assert_int_equal(programme_of_json(a, programme_to_json(a, &p), &back, &err), OK);
	assert_int_equal(back.n_sessions, 1);
	assert_string_equal(back.rooms[0].name, "Hall \"A\"");
	assert_string_equal(back.masterclasses[0].outcomes, "one\ntwo");
	assert_string_equal(back.sessions[0].room_name, "Hall \"A\"");
	assert_int_equal(back.sessions[0].starts_at, hour(9));
	assert_int_equal(back.sessions[0].theme->hue, 2);
	assert_string_equal(back.sessions[0].people[0].role, "speaker");
	assert_int_equal(back.sessions[0].items[0].minutes, 20);
	assert_true(back.sessions[0].items[0].authors[0].is_presenting);
	assert_false(back.sessions[0].items[0].authors[1].is_presenting);
	assert_int_equal(back.sessions[0].people[0].id, 0);
	assert_string_equal(programme_to_json(a, &back), programme_to_json(a, &p));
}

static void test_what_is_not_fit_is_in_no_snapshot(void **state)
{
	struct programme_session s[] = {session(1, 9, 11)};
	struct programme p = {.sessions = s, .n_sessions = 1};

	(void)state;
	with_item(&s[0], ADA, BO, 20);
	assert_non_null(strstr(programme_to_json(a, &p), "Work"));
	s[0].items->is_fit = false;
	assert_null(strstr(programme_to_json(a, &p), "Work"));
}

static int make(void **state)
{
	static struct programme_days found;
	struct event event = {.zone = zone_find("Europe/London")};

	(void)state;
	a = arena_new();
	event.row.starts_on = "2027-09-08";
	event.row.ends_on = "2027-09-10";
	found = programme_days_of(&event);
	days = &found;
	return 0;
}

static int drop(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static void boards_are_numbered_through_all_poster_sessions(void **state)
{
	struct programme_session sessions[3] = {
		session(1, 9, 10), session(2, 10, 11), session(3, 11, 12)};
	struct programme p = {.sessions = sessions, .n_sessions = 3}, read;
	struct err err = err_in(a);

	(void)state;
	for (int i = 0; i < 3; i++)
		with_item(&sessions[i], ADA, BO, 10);
	sessions[0].kind = sessions[2].kind = "poster";
	p.note = "";
	assert_int_equal(programme_of_json(a, programme_to_json(a, &p), &read, &err), OK);
	assert_string_equal(read.sessions[0].items[0].number, "P1");
	assert_string_equal(read.sessions[1].items[0].number, "");
	assert_string_equal(read.sessions[2].items[0].number, "P2");
	sessions[0].items[0].n_authors = 0; /* a greeting has no board */
	assert_int_equal(programme_of_json(a, programme_to_json(a, &p), &read, &err), OK);
	assert_string_equal(read.sessions[0].items[0].number, "");
	assert_string_equal(read.sessions[2].items[0].number, "P1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boards_are_numbered_through_all_poster_sessions),
		cmocka_unit_test(test_one_room_holds_one_session_at_a_time),
		cmocka_unit_test(test_one_may_begin_when_the_other_ends),
		cmocka_unit_test(test_what_has_no_time_clashes_with_nothing),
		cmocka_unit_test(test_nobody_has_two_parts_at_a_time),
		cmocka_unit_test(test_presenting_is_a_part_and_being_an_author_is_not),
		cmocka_unit_test(test_two_authors_without_an_address_are_not_one_person),
		cmocka_unit_test(test_chairing_the_session_one_presents_in_is_no_clash),
		cmocka_unit_test(test_presentations_fit_their_session),
		cmocka_unit_test(test_sessions_stay_within_the_days_of_the_event),
		cmocka_unit_test(test_one_session_is_checked_against_all_others),
		cmocka_unit_test(test_the_days_of_an_event_follow_its_clocks),
		cmocka_unit_test(test_a_snapshot_comes_back_as_it_was),
		cmocka_unit_test(test_what_is_not_fit_is_in_no_snapshot),
	};

	return cmocka_run_group_tests(tests, make, drop);
}

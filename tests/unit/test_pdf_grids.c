/*
 * Programmes in other forms: how a day becomes a grid, which format a pocket programme takes, what
 * fits on a page, what is refused.
 */
#include "pdf/documents/glance_plan.h"
#include "pdf/print.h"
#include "tests/unit/pdf_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct err err;
static struct print_warnings warnings;

static int setup(void **state)
{
	(void)state;
	json_setup();
	arena = arena_new();
	err = err_in(arena);
	warnings = print_warnings_in(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static cJSON *parse(const char *json)
{
	cJSON *model = NULL;
	assert_int_equal(json_parse(arena, str_from(json), &model, &err), OK);
	return model;
}

static enum rc print(const char *kind, const char *json, struct buf *out)
{
	*out = buf_in(arena, PRINT_MAX_BYTES);
	const struct sink sink = sink_to_buf(out);
	return print_document(arena, kind, parse(json), &sink, &warnings, &err);
}

static int count(const struct buf *b, const char *text)
{
	return pdf_count(arena, b, text);
}

static int pages(const char *kind, const char *json)
{
	struct buf out;
	assert_int_equal(print(kind, json, &out), OK);
	assert_null(warnings.first);
	return count(&out, "/Type/Page/");
}

/* ---- the grid ------------------------------------------------------------------------------ */

#define SESSION(kind, title, room, start, end)                                                     \
	"{\"kind\":\"" kind "\",\"title\":\"" title "\"," room "\"start\":\"" start                \
	"\",\"end\":\"" end "\"}"
#define IN(room) "\"room\":\"" room "\","

static enum rc plan(const char *sessions, const char *rooms, struct glance_day *out)
{
	const cJSON *day =
		parse(arena_printf(arena, "{\"sessions\":[%s],\"rooms\":%s}", sessions, rooms));
	return glance_plan(arena, day, json_get(day, "rooms"), "days.0", out, &err);
}

/* "XX." for an entry that lies in the first two of three columns. */
static const char *columns(const struct glance_day *day, size_t entry)
{
	struct buf b = buf_in(arena, 64);
	for (size_t i = 0; i < day->n_rooms; i++)
		buf_char(&b, day->entries[entry].columns[i] ? 'X' : '.');
	return buf_cstr(&b);
}

static void puts_sessions_into_rooms_and_breaks_across(void **state)
{
	(void)state;
	struct glance_day day;
	const char *sessions = SESSION("keynote", "K", IN("A"), "09:00", "10:00") "," SESSION(
		"break", "Coffee", IN("Foyer"), "10:00", "10:30") "," SESSION("parallel", "P",
		IN("A"), "10:30", "12:00") "," SESSION("masterclass", "M", IN("C"), "10:30",
		"13:00") "," SESSION("parallel", "Q", IN("B"), "10:30",
		"12:00") "," SESSION("break", "Lunch", "", "12:00", "13:30");
	assert_int_equal(plan(sessions, "[\"C\",\"Z\"]", &day), OK);
	/* C was asked for first; Z has no session, and the foyer needs no column. */
	assert_int_equal(day.n_rooms, 3);
	assert_string_equal(day.rooms[0], "C");
	assert_string_equal(day.rooms[1], "A");
	assert_string_equal(columns(&day, 0), "XXX"); /* alone at its time */
	assert_string_equal(columns(&day, 1), "XXX");
	assert_string_equal(columns(&day, 2), ".X.");
	assert_string_equal(columns(&day, 3), "X..");
	assert_string_equal(columns(&day, 5), ".XX"); /* the masterclass goes on */
}

static void keeps_a_panel_in_its_room_beside_others(void **state)
{
	(void)state;
	struct glance_day day;
	const char *sessions = SESSION("panel", "P", IN("A"), "09:00", "10:00") "," SESSION(
		"parallel", "Q", IN("B"), "09:30", "11:00") "," SESSION("parallel", "R", IN("C"),
		"11:00", "12:00");
	assert_int_equal(plan(sessions, "[]", &day), OK);
	assert_string_equal(columns(&day, 0), "X..");
	assert_string_equal(columns(&day, 1), ".X.");
}

static void gives_a_room_to_what_finds_no_column_free(void **state)
{
	(void)state;
	struct glance_day day;
	const char *sessions = SESSION("break", "Lunch", IN("Foyer"), "12:00", "14:00") "," SESSION(
		"parallel", "P", IN("A"), "12:00", "13:00") "," SESSION("social", "Choir",
		IN("Garden"), "13:00",
		"14:00") "," SESSION("break", "Tea", IN("Foyer"), "15:00", "15:30");
	assert_int_equal(plan(sessions, "[]", &day), OK);
	assert_int_equal(day.n_rooms, 2);
	assert_string_equal(day.rooms[0], "Foyer");
	assert_string_equal(columns(&day, 0), "X.");
	assert_string_equal(columns(&day, 2), ".X");
	assert_string_equal(columns(&day, 3), "XX");
}

static void names_both_sessions_that_overlap(void **state)
{
	(void)state;
	struct glance_day day;
	const char *sessions = SESSION("parallel", "Rules", IN("A"), "09:00", "10:30") "," SESSION(
		"parallel", "Other", IN("B"), "09:00", "10:00") "," SESSION("workshop", "Statement",
		IN("A"), "10:15", "11:00");
	assert_int_equal(plan(sessions, "[]", &day), INVALID);
	assert_null(err_of_field(&err, "days.0.sessions.1.start"));
	const char *message = err_of_field(&err, "days.0.sessions.2.start");
	assert_non_null(message);
	assert_non_null(strstr(message, "“Statement” (10:15–11:00)"));
	assert_non_null(strstr(message, "“Rules” (09:00–10:30) in A"));
	err_clear(&err);
	/* One after the other is no overlap. */
	assert_int_equal(plan(SESSION("parallel", "Rules", IN("A"), "09:00", "10:30") "," SESSION(
				      "parallel", "S", IN("A"), "10:30", "11:00"),
				 "[]", &day),
		OK);
	const char *nowhere = SESSION("plenary", "X", "", "09:00", "10:00") "," SESSION(
		"plenary", "Y", "", "09:30", "10:30");
	assert_int_equal(plan(nowhere, "[]", &day), INVALID);
	assert_non_null(strstr(err_of_field(&err, "days.0.sessions.1.start"), "“X”"));
}

static void refuses_to_print_a_grid_with_overlaps(void **state)
{
	(void)state;
	struct buf out;
	const char *json =
		"{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","
		"\"ends_on\":\"2027-09-08\"},\"days\":[{\"on\":\"2027-09-08\",\"sessions\":"
		"[" SESSION("parallel", "Rules", IN("A"), "09:00", "10:30") "," SESSION(
			"parallel", "Letters", IN("A"), "09:00", "10:00") "]}]}";
	assert_int_equal(print("glance", json, &out), INVALID);
	assert_non_null(err_of_field(&err, "days.0.sessions.1.start"));
	assert_int_equal(out.n, 0);
}

static struct time_scale scale(const char *sessions, double height, double least)
{
	struct glance_day day;
	assert_int_equal(plan(sessions, "[]", &day), OK);
	return time_scale_new(arena, &day, height, least);
}

static void assert_near(double v, double expected)
{
	if (v < expected - 0.01 || v > expected + 0.01)
		fail_msg("%g is not %g", v, expected);
}

static void lets_time_run_at_one_rate(void **state)
{
	(void)state;
	struct time_scale s =
		scale(SESSION("parallel", "P", IN("A"), "09:00", "10:00") "," SESSION("parallel",
			      "Q", IN("B"), "09:00",
			      "11:00") "," SESSION("parallel", "R", IN("A"), "11:30", "13:00"),
			240, 0);
	assert_near(time_scale_y(&s, 9 * 60), 0);
	assert_near(time_scale_y(&s, 10 * 60), 60);
	assert_near(time_scale_y(&s, 11 * 60 + 15), 135); /* a short gap is as long as it is */
	assert_near(time_scale_y(&s, 13 * 60), 240);
	assert_near(time_scale_y(&s, 8 * 60), 0);
	assert_near(time_scale_y(&s, 20 * 60), 240);
}

static void shortens_long_gaps_and_evenings(void **state)
{
	(void)state;
	/* 60 minutes, a gap of 240 that shows as 20, a supper of 180 that shows as 60. */
	struct time_scale s = scale(SESSION("parallel", "P", IN("A"), "09:00", "10:00") "," SESSION(
					    "social", "Supper", "", "14:00", "17:00"),
		140, 0);
	assert_near(time_scale_y(&s, 10 * 60), 60);
	assert_near(time_scale_y(&s, 14 * 60), 80);
	assert_near(time_scale_y(&s, 17 * 60), 140);
}

static void keeps_a_line_for_short_sessions(void **state)
{
	(void)state;
	struct time_scale s =
		scale(SESSION("parallel", "P", IN("A"), "09:00", "10:30") "," SESSION("plenary",
			      "Votes", IN("A"), "10:30",
			      "10:40") "," SESSION("parallel", "R", IN("A"), "10:40", "12:10"),
			200, 20);
	assert_near(time_scale_y(&s, 10 * 60 + 30), 90);
	assert_near(time_scale_y(&s, 10 * 60 + 40), 110);
	assert_near(time_scale_y(&s, 12 * 60 + 10), 200);
}

static void spreads_many_rooms_over_pages(void **state)
{
	(void)state;
	assert_int_equal(pages("glance", print_example("glance")), 3); /* six rooms, then nine */
}

/* ---- pocket, agenda, programme ------------------------------------------------------------- */

/* Days with so many sessions, one after the other from midnight, ten minutes each. */
static const char *event_with(const char *members, int days, int sessions)
{
	struct buf b = buf_in(arena, 4 << 20);
	buf_printf(&b,
		"{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-01\","
		"\"ends_on\":\"2027-09-30\"},%s\"days\":[",
		members);
	for (int d = 0; d < days; d++) {
		buf_printf(&b, "%s{\"on\":\"2027-09-%02d\",\"sessions\":[", d ? "," : "", d + 1);
		for (int i = 0; i < sessions; i++)
			buf_printf(&b,
				"%s{\"title\":\"Session\",\"kind\":\"parallel\",\"start\":"
				"\"%02d:%d0\",\"end\":\"%02d:%d9\",\"room\":\"Great Hall\"}",
				i ? "," : "", i / 6, i % 6, i / 6, i % 6);
		buf_text(&b, "]}");
	}
	buf_text(&b, "]}");
	return buf_cstr(&b);
}

static void folds_a_short_programme_from_one_sheet(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(pages("pocket", event_with("", 1, 1)), 1);
	assert_int_equal(pages("pocket", event_with("", 6, 8)), 1);
	/* A day that needs more than a page, but not many. */
	assert_int_equal(pages("pocket", event_with("", 1, 20)), 1);
	/* Seven days of an evening each still stand on the six pages, below each other. */
	assert_int_equal(pages("pocket", event_with("", 7, 4)), 1);
	assert_int_equal(print("pocket", event_with("", 1, 1), &out), OK);
	assert_int_equal(count(&out, "/MediaBox[0 0 841.89 595.276]"), 1); /* A4, lying */
}

static void stitches_a_long_one(void **state)
{
	(void)state;
	int n = pages("pocket", event_with("", 8, 30));
	assert_true(n > 2 && n % 2 == 0);
}

#define PERSON(members) "{\"name\":\"Ægir\"," members "}"
#define DAY(start, end)                                                                            \
	"\"days\":[{\"on\":\"2027-09-08\",\"sessions\":["                                          \
	"{\"title\":\"S\",\"kind\":\"plenary\",\"start\":\"" start "\",\"end\":\"" end "\"}]}]"
#define AGENDA(people)                                                                             \
	"{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","                \
	"\"ends_on\":\"2027-09-10\"},\"people\":[" people "]}"

static void begins_every_person_on_a_new_page(void **state)
{
	(void)state;
	const char *two = AGENDA(PERSON(DAY("09:00", "10:00")) "," PERSON(DAY("09:00", "10:00")));
	assert_int_equal(pages("agenda", two), 2);
}

static void says_whose_agenda_is_wrong(void **state)
{
	(void)state;
	struct buf out;
	const char *late = AGENDA(PERSON(DAY("09:00", "10:00")) "," PERSON(DAY("09:00", "08:00")));
	assert_int_equal(print("agenda", late, &out), INVALID);
	assert_non_null(err_of_field(&err, "people.1.days.0.sessions.0.end"));
	err_clear(&err);
	struct buf json = buf_in(arena, 4096);
	buf_text(&json, "{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","
			"\"ends_on\":\"2027-09-10\"},\"people\":[{\"name\":\"x\",\"qr\":\"");
	for (int i = 0; i < 60; i++)
		buf_text(&json, "Æ"); /* 60 letters, 120 bytes */
	buf_text(&json, "\"," DAY("09:00", "10:00") "}]}");
	assert_int_equal(print("agenda", buf_cstr(&json), &out), INVALID);
	assert_non_null(err_of_field(&err, "people.0.qr"));
}

/* n sessions of one person, in a day. */
static int agenda_pages(int n)
{
	struct buf b = buf_in(arena, 1 << 20);
	buf_text(&b, "{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","
		     "\"ends_on\":\"2027-09-10\"},\"people\":[{\"name\":\"Ægir\",\"days\":[{\"on\":"
		     "\"2027-09-08\",\"sessions\":[");
	for (int i = 0; i < n; i++)
		buf_printf(&b,
			"%s{\"title\":\"Session\",\"kind\":\"parallel\",\"start\":\"%02d:00\","
			"\"end\":\"%02d:50\",\"room\":\"Great Hall\"}",
			i ? "," : "", i, i);
	buf_text(&b, "]}]}]}");
	return pages("agenda", buf_cstr(&b));
}

/* Eleven fit at the usual size, fourteen at a smaller one; twenty-two need two pages. */
static void sets_an_agenda_smaller_to_keep_it_on_a_page(void **state)
{
	(void)state;
	assert_int_equal(agenda_pages(10), 1);
	assert_int_equal(agenda_pages(14), 1);
	assert_int_equal(agenda_pages(22), 2);
}

static void gives_a_long_list_at_a_glance_pages_of_its_own(void **state)
{
	(void)state;
	/* Twenty lines stand on the cover; forty-eight have a page behind it. */
	assert_int_equal(pages("programme", event_with("", 1, 20)), 1 + 2);
	assert_int_equal(pages("programme", event_with("", 4, 12)), 1 + 1 + 4 * 2);
	assert_int_equal(pages("programme", event_with("", 4, 15)), 1 + 2 + 4 * 2);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(puts_sessions_into_rooms_and_breaks_across),
		TEST(keeps_a_panel_in_its_room_beside_others),
		TEST(gives_a_room_to_what_finds_no_column_free),
		TEST(names_both_sessions_that_overlap),
		TEST(refuses_to_print_a_grid_with_overlaps),
		TEST(lets_time_run_at_one_rate),
		TEST(shortens_long_gaps_and_evenings),
		TEST(keeps_a_line_for_short_sessions),
		TEST(spreads_many_rooms_over_pages),
		TEST(folds_a_short_programme_from_one_sheet),
		TEST(stitches_a_long_one),
		TEST(begins_every_person_on_a_new_page),
		TEST(says_whose_agenda_is_wrong),
		TEST(sets_an_agenda_smaller_to_keep_it_on_a_page),
		TEST(gives_a_long_list_at_a_glance_pages_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

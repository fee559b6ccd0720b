/* A programme as a board: who fits where, what a draft costs, and filling it. */
#include "planning/timetable_board.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "base/clock.h"
#include "planning/timetable_answer.h"
#include "planning/timetable_search.h"
#include "tests/unit/board_fixture.h"

/* ---- who fits where ---- */

static void test_a_session_is_full_when_its_minutes_are(void **state)
{
	struct programme_session *s = session("parallel", HALL, 9, 10);
	struct board *b;

	(void)state;
	for (int i = 0; i < 3; i++)
		item(s, arena_printf(a, "T%d", i), "care", 0);
	wait_for_place("W0", "care", 0);
	wait_for_place("W1", "care", 0);
	b = board();
	assert_true(board_fits(b, work(b, "W0"), 0));
	board_put(b, work(b, "W0"), 0);
	assert_false(board_fits(b, work(b, "W1"), 0));
	assert_string_equal(
		board_objection(b, work(b, "W1"), 0), "“Session 0” has no 15 minutes left");
	assert_true(board_holds(b, work(b, "W0")));
	board_put(b, work(b, "T0"), BOARD_NONE);
	assert_true(board_fits(b, work(b, "W1"), 0));
}

static void test_what_else_is_presented_takes_its_minutes(void **state)
{
	struct programme_session *s = session("parallel", HALL, 9, 10);
	struct board *b;

	(void)state;
	item(s, "greeting", "care", 0);
	s->items[0].submission_code = "";
	s->items[0].minutes = 50;
	wait_for_place("W", "care", 0);
	b = board();
	assert_int_equal(b->n_works, 1);
	assert_int_equal(b->cells[0].minutes, 10);
	assert_false(board_fits(b, 0, 0));
}

static void test_nobody_is_in_two_sessions_at_once(void **state)
{
	struct board *b;

	(void)state;
	session("parallel", HALL, 9, 10);
	item(session("parallel", STUDY, 9, 10), "T", "care", BO);
	chaired_by(session("plenary", ATTIC, 9, 10), ADA, "Ada");
	session("parallel", HALL, 10, 11);
	wait_for_place("of Ada", "care", ADA);
	wait_for_place("of Bo", "care", BO);
	b = board();
	assert_false(board_fits(b, work(b, "of Ada"), 0));
	assert_non_null(strstr(
		board_objection(b, work(b, "of Ada"), 0), "Ada is in “Session 2” at that time"));
	assert_true(board_fits(b, work(b, "of Ada"), 2));
	/* Two of Bo's in one session do not clash, in two at once they do. */
	assert_true(board_fits(b, work(b, "of Bo"), 1));
	assert_false(board_fits(b, work(b, "of Bo"), 0));
	assert_non_null(strstr(board_objection(b, work(b, "of Bo"), 0), "“T”"));
	assert_true(board_fits(b, work(b, "of Bo"), 2));
}

static void test_a_chair_may_present_in_their_own_session(void **state)
{
	struct board *b;

	(void)state;
	chaired_by(session("parallel", HALL, 9, 10), ADA, "Ada");
	session("parallel", STUDY, 9, 10);
	wait_for_place("of Ada", "care", ADA);
	b = board();
	assert_true(board_fits(b, 0, 0));
	assert_false(board_fits(b, 0, 1));
}

static void test_a_talk_goes_into_no_poster_session(void **state)
{
	struct board *b;

	(void)state;
	session("poster", HALL, 9, 10);
	session("workshop", STUDY, 9, 10);
	wait_for_place("W", "care", 0);
	b = board();
	assert_false(board_fits(b, 0, 0));
	assert_false(board_fits(b, 0, 1));
	b->works[0].may_move = true;
	assert_string_equal(timetable_reason_against(b, 0),
		"There is no session of talks with a time: add one, then ask again");
}

static void test_posters_are_as_many_as_the_room_has_seats(void **state)
{
	struct board *b;

	(void)state;
	rooms[1].capacity = 2;
	session("poster", STUDY, 9, 10);
	for (int i = 0; i < 3; i++) {
		wait_for_place(arena_printf(a, "P%d", i), "care", 0);
		waiting[i].outcome = "poster";
	}
	b = board();
	board_fill(b);
	assert_int_equal(standing_of(b).n_left, 1);
	assert_string_equal(timetable_reason_against(b, 2), "Every session of posters is full");
	rooms[1].capacity = 20;
}

/* ---- cost ---- */

/* Two at once in 9..10 and in 10..11. */
static void four_sessions(void)
{
	session("parallel", HALL, 9, 10);
	session("parallel", STUDY, 9, 10);
	session("parallel", HALL, 10, 11);
	session("parallel", STUDY, 10, 11);
}

static void test_each_kind_of_loss_is_counted(void **state)
{
	int64_t kinds[N_COSTS];

	(void)state;
	four_sessions();
	session("parallel", HALL, 11, 12);
	item(&sessions[0], "T0", "care", 0);
	assert_int_equal(board_cost(board(), NULL), 0);
	item(&sessions[1], "T1", "care", 0);
	assert_int_equal(board_cost(board(), kinds), COST_OF_PARALLEL + COST_OF_ROOM);
	assert_int_equal(kinds[COST_PARALLEL], COST_OF_PARALLEL);
	assert_int_equal(kinds[COST_ROOMS], COST_OF_ROOM);
	item(&sessions[1], "T2", "law", 0);
	board_cost(board(), kinds);
	assert_int_equal(kinds[COST_MIXED], COST_OF_MIXED);
	item(&sessions[4], "T3", "law", 0);
	board_cost(board(), kinds);
	assert_int_equal(kinds[COST_GAPS], COST_OF_GAP);
	item(&sessions[2], "T4", "law", 0);
	board_cost(board(), kinds);
	assert_int_equal(kinds[COST_GAPS], 0);
}

static void test_complaints_sum_up_to_the_cost_dearest_first(void **state)
{
	static const char *const themes[] = {"care", "law", "art"};
	struct board_complaint *list;
	struct board *b;
	int64_t sum = 0;
	size_t n;

	(void)state;
	four_sessions();
	for (int i = 0; i < 12; i++)
		item(&sessions[i % 4], arena_printf(a, "T%d", i), themes[i * i % 3], 0);
	b = board();
	n = board_complaints(b, &list);
	assert_true(n > 3);
	for (size_t i = 0; i < n; i++) {
		sum += list[i].cost;
		assert_true(i == 0 || list[i - 1].cost >= list[i].cost);
		assert_non_null(list[i].session);
	}
	assert_int_equal(sum, board_cost(b, NULL));
	assert_non_null(strstr(list[0].why, "“Session 0”, “Session 1”"));
}

static void test_the_price_of_a_place_is_what_it_adds(void **state)
{
	struct board *b;

	(void)state;
	four_sessions();
	item(&sessions[0], "T0", "care", 0);
	item(&sessions[2], "T1", "law", 0);
	wait_for_place("W", "care", 0);
	b = board();
	for (size_t c = 0; c < b->n_cells; c++) {
		int64_t before = board_cost(b, NULL), price = board_price(b, 2, c);
		board_put(b, 2, c);
		assert_int_equal(board_cost(b, NULL) - before, price);
		board_put(b, 2, BOARD_NONE);
	}
}

/* ---- searching ---- */

static void test_filling_keeps_themes_together(void **state)
{
	struct board *b;

	(void)state;
	four_sessions();
	for (int i = 0; i < 16; i++)
		wait_for_place(arena_printf(a, "W%d", i), i % 2 ? "care" : "law", 0);
	b = board();
	board_fill(b);
	board_polish(b, &(struct effort){.seconds = 0});
	assert_int_equal(standing_of(b).n_left, 0);
	assert_int_equal(board_cost(b, NULL), 0);
}

static void test_a_work_pushes_one_that_can_go_elsewhere(void **state)
{
	struct board *b;

	(void)state;
	session("parallel", HALL, 9, 10);
	session("parallel", HALL, 10, 11);
	chaired_by(session("plenary", ATTIC, 10, 11), ADA, "Ada");
	for (int i = 0; i < 4; i++)
		item(&sessions[0], arena_printf(a, "T%d", i), "care", 0);
	wait_for_place("of Ada", "care", ADA);
	b = board();
	for (size_t w = 0; w < b->n_works; w++)
		b->works[w].may_move = true;
	board_fill(b);
	assert_int_equal(b->works[work(b, "of Ada")].cell, 0);
	assert_int_equal(standing_of(b).n_left, 0);
	assert_int_equal(standing_of(b).n_moved, 1);
}

static void test_what_is_broken_is_lifted_and_nothing_else(void **state)
{
	struct board *b;

	(void)state;
	four_sessions();
	item(&sessions[0], "T0", "care", ADA);
	item(&sessions[1], "T1", "care", ADA);
	item(&sessions[2], "T2", "care", ADA);
	b = board();
	for (size_t w = 0; w < b->n_works; w++)
		b->works[w].may_move = true;
	board_lift_broken(b);
	assert_int_equal(b->works[0].cell, BOARD_NONE);
	assert_int_equal(b->works[1].cell, 1);
	assert_int_equal(b->works[2].cell, 2);
}

static void test_polishing_brings_no_work_from_its_home(void **state)
{
	struct standing before, after;
	struct board *b;

	(void)state;
	four_sessions();
	item(&sessions[0], "T0", "care", 0);
	item(&sessions[1], "T1", "care", 0);
	wait_for_place("W0", "law", 0);
	b = board();
	for (size_t w = 0; w < b->n_works; w++)
		b->works[w].may_move = true;
	board_put(b, 2, 1);
	before = standing_of(b);
	board_polish(b, &(struct effort){.seconds = 0});
	after = standing_of(b);
	assert_true(standing_is_better(&after, &before));
	assert_int_equal(b->works[0].cell, 0);
	assert_int_equal(b->works[1].cell, 1);
}

/* ---- rooms ---- */

static void test_a_session_goes_into_the_room_that_wastes_least(void **state)
{
	struct board_room_shut shut = {.room_id = STUDY, .to_ms = INT64_MAX};
	struct timetable_question q = {.is_replan = true, .zone = zone, .shut = &shut, .n_shut = 1};
	struct timetable_room_move *moves;

	(void)state;
	session("parallel", STUDY, 9, 10);
	session("plenary", STUDY, 10, 11);
	session("plenary", ATTIC, 10, 11);
	q.programme = programme;
	assert_int_equal(timetable_rooms_move(a, &q, &moves), 2);
	assert_string_equal(moves[0].to->code, "attic");
	assert_string_equal(moves[1].to->code, "hall");
	assert_string_equal(moves[0].why, "Study is shut, and Attic is free");
	assert_int_equal(sessions[1].room_id, HALL);
}

static void test_where_no_room_is_free_works_have_to_move(void **state)
{
	struct board_room_shut shut = {.room_id = HALL, .from_ms = hour(9), .to_ms = hour(10)};
	struct timetable_question q = {.is_replan = true, .zone = zone, .shut = &shut, .n_shut = 1};
	struct timetable_room_move *moves;
	struct board *b;

	(void)state;
	item(session("parallel", HALL, 9, 10), "T", "care", 0);
	session("plenary", STUDY, 9, 10);
	session("plenary", ATTIC, 9, 10);
	session("parallel", HALL, 10, 11);
	q.programme = programme;
	assert_int_equal(timetable_rooms_move(a, &q, &moves), 0);
	b = board_new(
		a, &(struct board_source){
			   .programme = &programme, .zone = zone, .shut = &shut, .n_shut = 1});
	assert_true(b->cells[0].is_shut);
	assert_false(board_holds(b, 0));
	assert_non_null(strstr(board_objection(b, 0, 0), "Hall is shut at"));
	b->works[0].may_move = true;
	board_lift_broken(b);
	board_fill(b);
	assert_int_equal(b->works[0].cell, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			test_a_session_is_full_when_its_minutes_are, empty_programme),
		cmocka_unit_test_setup(
			test_what_else_is_presented_takes_its_minutes, empty_programme),
		cmocka_unit_test_setup(test_nobody_is_in_two_sessions_at_once, empty_programme),
		cmocka_unit_test_setup(
			test_a_chair_may_present_in_their_own_session, empty_programme),
		cmocka_unit_test_setup(test_a_talk_goes_into_no_poster_session, empty_programme),
		cmocka_unit_test_setup(
			test_posters_are_as_many_as_the_room_has_seats, empty_programme),
		cmocka_unit_test_setup(test_each_kind_of_loss_is_counted, empty_programme),
		cmocka_unit_test_setup(
			test_complaints_sum_up_to_the_cost_dearest_first, empty_programme),
		cmocka_unit_test_setup(test_the_price_of_a_place_is_what_it_adds, empty_programme),
		cmocka_unit_test_setup(test_filling_keeps_themes_together, empty_programme),
		cmocka_unit_test_setup(
			test_a_work_pushes_one_that_can_go_elsewhere, empty_programme),
		cmocka_unit_test_setup(
			test_what_is_broken_is_lifted_and_nothing_else, empty_programme),
		cmocka_unit_test_setup(
			test_polishing_brings_no_work_from_its_home, empty_programme),
		cmocka_unit_test_setup(
			test_a_session_goes_into_the_room_that_wastes_least, empty_programme),
		cmocka_unit_test_setup(
			test_where_no_room_is_free_works_have_to_move, empty_programme),
	};
	int failed;

	a = arena_new();
	zone = zone_utc();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(a);
	return failed;
}

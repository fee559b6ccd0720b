/* What the solver makes of a board: a middling conference, its forbidden times, its re-planning. */
#include "planning/timetable_grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "planning/timetable_search.h"
#include "tests/unit/board_fixture.h"

enum { N_TIMES = 5, N_ROOMS = 3, N_TALKS = 4 };

static const char *const themes[] = {"care", "law", "art", "play", "work"};

/* Sessions for four talks each, in three rooms at five times. */
static void conference(void)
{
	static const int64_t ids[N_ROOMS] = {HALL, STUDY, ATTIC};

	for (int t = 0; t < N_TIMES; t++)
		for (int r = 0; r < N_ROOMS; r++)
			session("parallel", ids[r], 9 + t, 10 + t);
}

/* As many works on each theme as fill its sessions, every fifth by somebody with two works. */
static void works_wait(int n)
{
	for (int i = 0; i < n; i++)
		wait_for_place(
			arena_printf(a, "W%02d", i), themes[i % 5], 100 + (i % 5 ? i : i % 25));
}

static struct effort effort_of(double seconds)
{
	struct effort e = {.seconds = seconds, .seed = 7};

	effort_begin(&e);
	return e;
}

static void assert_holds(const struct board *b)
{
	for (size_t w = 0; w < b->n_works; w++)
		if (!board_holds(b, w))
			fail_msg("%s does not hold: %s", b->works[w].code,
				b->works[w].cell == BOARD_NONE
					? "it has no place"
					: board_objection(b, w, b->works[w].cell));
}

static void test_a_full_conference_keeps_each_theme_to_itself(void **state)
{
	struct effort effort = effort_of(1);
	struct err err = err_in(a);
	struct board *b;
	int64_t bound;

	(void)state;
	conference();
	works_wait(N_TIMES * N_ROOMS * N_TALKS);
	b = board();
	assert_int_equal(timetable_grid_propose(b, BOARD_TALK, false, &effort, &bound, &err), OK);
	assert_holds(b);
	/* Five themes of three sessions each at five times in three rooms: nobody loses anything
	 * but, at most, a walk and a pause. */
	assert_true(bound >= 0);
	assert_true(board_cost(b, NULL) >= bound);
	assert_true(board_cost(b, NULL) <= bound + 4 * COST_OF_ROOM);
	for (size_t c = 0; c < b->n_cells; c++)
		assert_int_equal(board_cost_of_cell(b, c), 0);
}

static void test_the_solvers_value_is_the_cost_of_the_draft(void **state)
{
	struct effort effort = effort_of(0.5);
	struct err err = err_in(a);
	struct board *b;
	int64_t bound;

	(void)state;
	/* One room, two themes, the second between two sessions of the first for good: one gap. */
	for (int t = 0; t < 3; t++)
		session("parallel", HALL, 9 + t, 10 + t);
	item(&sessions[0], "A", "care", 0);
	item(&sessions[1], "B", "law", 0);
	for (int i = 0; i < N_TALKS; i++)
		wait_for_place(arena_printf(a, "W%d", i), "care", 0);
	b = board();
	assert_int_equal(timetable_grid_propose(b, BOARD_TALK, false, &effort, &bound, &err), OK);
	assert_holds(b);
	assert_int_equal(board_cost(b, NULL), COST_OF_GAP);
	assert_true(bound >= 0 && bound <= COST_OF_GAP);
	assert_int_equal(b->works[work(b, "A")].cell, 0);
	assert_int_equal(b->works[work(b, "B")].cell, 1);
}

static void test_themes_share_a_session_only_where_they_must(void **state)
{
	struct effort effort = effort_of(0.5);
	struct err err = err_in(a);
	struct board *b;
	int64_t bound;
	size_t n_mixed = 0;

	(void)state;
	/* Four sessions of four; eight works on one theme, and two each on three others. */
	for (int t = 0; t < 4; t++)
		session("parallel", HALL, 9 + t, 10 + t);
	for (int i = 0; i < 14; i++)
		wait_for_place(arena_printf(a, "W%02d", i), themes[i < 8 ? 0 : (i - 6) / 2], 0);
	b = board();
	assert_int_equal(timetable_grid_propose(b, BOARD_TALK, false, &effort, &bound, &err), OK);
	assert_int_equal(bound, -1);
	assert_holds(b);
	for (size_t c = 0; c < b->n_cells; c++)
		n_mixed += board_cost_of_cell(b, c) > 0;
	assert_int_equal(n_mixed, 1);
}

static void test_nobody_is_where_they_cannot_be(void **state)
{
	struct effort effort = effort_of(1);
	struct err err = err_in(a);
	struct board *b;
	int64_t bound;

	(void)state;
	conference();
	works_wait(40);
	/* Two dozen presenters have a part in something else at one time each. */
	for (int i = 0; i < 24; i++)
		chaired_by(session("panel", 0, 9 + i % N_TIMES, 10 + i % N_TIMES), 101 + i, "Busy");
	b = board();
	assert_int_equal(timetable_grid_propose(b, BOARD_TALK, false, &effort, &bound, &err), OK);
	assert_holds(b);
}

static void test_no_place_for_all_is_a_conflict(void **state)
{
	struct effort effort = effort_of(0.5);
	struct err err = err_in(a);
	int64_t bound;
	struct board *b;

	(void)state;
	session("parallel", HALL, 9, 10);
	works_wait(5);
	b = board();
	assert_int_equal(
		timetable_grid_propose(b, BOARD_TALK, true, &effort, &bound, &err), CONFLICT);
	board_fill(b);
	assert_int_equal(standing_of(b).n_left, 1);
}

static void test_sessions_of_unequal_length_are_filled_as_far_as_they_go(void **state)
{
	struct effort effort = effort_of(0.5);
	struct err err = err_in(a);
	int64_t bound;
	struct board *b;

	(void)state;
	session("parallel", HALL, 9, 10);
	session("parallel", STUDY, 9, 10);
	item(&sessions[1], "greeting", "", 0);
	sessions[1].items[0].submission_code = "";
	sessions[1].items[0].minutes = 30;
	works_wait(6);
	b = board();
	assert_int_equal(timetable_grid_propose(b, BOARD_TALK, false, &effort, &bound, &err), OK);
	assert_holds(b);
	assert_int_equal(b->n_in[0], 4);
	assert_int_equal(b->n_in[1], 2);
}

/* ---- re-planning ---- */

static void everything_is_placed(void)
{
	int n = 0;

	conference();
	for (int s = 0; s < N_TIMES * N_ROOMS; s++)
		for (int i = 0; i < N_TALKS - (s % 3 == 2); i++, n++)
			item(&sessions[s], arena_printf(a, "T%02d", n), themes[s % 5], 200 + n);
}

static void test_one_who_is_away_moves_and_few_others(void **state)
{
	(void)state;
	for (int64_t who = 200; who < 255; who += 11) {
		struct effort effort = effort_of(1);
		struct err err = err_in(a);
		struct board_duty away = {.person_id = who, .name = "Who"};
		struct standing standing;
		struct board *b;
		empty_programme(NULL);
		everything_is_placed();
		for (size_t s = 0; s < programme.n_sessions; s++)
			for (size_t i = 0; i < sessions[s].n_items; i++)
				if (sessions[s].items[i].authors->person_id == who) {
					away.from_ms = sessions[s].starts_at;
					away.to_ms = sessions[s].ends_at;
				}
		b = board_new(a,
			&(struct board_source){
				.programme = &programme, .zone = zone, .away = &away, .n_away = 1});
		for (size_t w = 0; w < b->n_works; w++)
			b->works[w].may_move = true;
		board_lift_broken(b);
		assert_int_equal(standing_of(b).n_left, 1);
		assert_int_equal(timetable_grid_replan(b, &effort, &err), OK);
		assert_holds(b);
		standing = standing_of(b);
		/* Every third session has room for one: the work alone moves. */
		assert_int_equal(standing.n_moved, 1);
	}
}

static void test_where_all_is_full_two_change_places(void **state)
{
	struct effort effort = effort_of(1);
	struct err err = err_in(a);
	struct board_duty away = {.person_id = 200, .name = "Who"};
	struct board *b;

	(void)state;
	conference();
	for (int s = 0, n = 0; s < N_TIMES * N_ROOMS; s++)
		for (int i = 0; i < N_TALKS; i++, n++)
			item(&sessions[s], arena_printf(a, "T%02d", n), themes[s % 5], 200 + n);
	away.from_ms = sessions[0].starts_at;
	away.to_ms = sessions[0].ends_at;
	b = board_new(
		a, &(struct board_source){
			   .programme = &programme, .zone = zone, .away = &away, .n_away = 1});
	for (size_t w = 0; w < b->n_works; w++)
		b->works[w].may_move = true;
	board_lift_broken(b);
	assert_int_equal(timetable_grid_replan(b, &effort, &err), OK);
	assert_holds(b);
	assert_int_equal(standing_of(b).n_moved, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			test_a_full_conference_keeps_each_theme_to_itself, empty_programme),
		cmocka_unit_test_setup(
			test_the_solvers_value_is_the_cost_of_the_draft, empty_programme),
		cmocka_unit_test_setup(
			test_themes_share_a_session_only_where_they_must, empty_programme),
		cmocka_unit_test_setup(test_nobody_is_where_they_cannot_be, empty_programme),
		cmocka_unit_test_setup(test_no_place_for_all_is_a_conflict, empty_programme),
		cmocka_unit_test_setup(test_sessions_of_unequal_length_are_filled_as_far_as_they_go,
			empty_programme),
		cmocka_unit_test_setup(test_one_who_is_away_moves_and_few_others, empty_programme),
		cmocka_unit_test_setup(test_where_all_is_full_two_change_places, empty_programme),
	};
	int failed;

	a = arena_new();
	zone = zone_utc();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(a);
	return failed;
}

/* Re-planning real timetables: few moves, no new forbidden clash, and what is fixed stays. */
#include "timetable_fixture.h"
#include "optimise/rng.h"

enum { SPEAKERS = 20 };

/* The speaker of a submission can no longer come to the session where it is. */
static struct timetable_problem without(
	const struct timetable_problem *p, const struct timetable *t, uint32_t submission)
{
	struct timetable_problem changed = *p;
	struct timetable_submission *s;
	size_t n = p->n_submissions;

	changed.submissions = ARENA_ARRAY(arena, n, struct timetable_submission);
	memcpy(changed.submissions, p->submissions, n * sizeof *p->submissions);
	s = &changed.submissions[submission];
	struct timetable_dislike *list = ARENA_ARRAY(arena, s->n_session + 1, struct timetable_dislike);
	uint32_t k = 0;
	for (uint32_t i = 0; i < s->n_session; i++)
		if (s->session[i].b != t->places[submission].session)
			list[k++] = s->session[i];
	list[k++] = (struct timetable_dislike){
		.b = t->places[submission].session, .penalty = TIMETABLE_IMPOSSIBLE};
	s->session = list;
	s->n_session = k;
	return changed;
}

static uint32_t n_moves(const struct timetable_problem *p, const struct timetable *x,
	const struct timetable *y)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->n_submissions; i++)
		n += memcmp(&x->places[i], &y->places[i], sizeof *x->places) != 0;
	return n;
}

static void replan_speakers(const char *instance, const char *timetable)
{
	struct timetable_problem p = problem_of(instance);
	struct timetable present = published(timetable, &p);
	struct rng rng;

	rng_seed(&rng, 7);
	for (int i = 0; i < SPEAKERS; i++) {
		uint32_t who = rng_below(&rng, p.n_submissions);
		struct timetable_problem changed = without(&p, &present, who);
		struct timetable_solution s;
		struct err err = err_in(arena);
		assert_int_equal(value_of(&changed, &present).n_forbidden, 1);
		if (timetable_replan(arena, &changed, &present, NULL, &s, &err) != OK)
			fail_msg("%s", err.message);
		struct timetable_solution again = value_of(&changed, &s.timetable);
		assert_int_equal(again.value, s.value);
		assert_int_equal(again.n_forbidden, 0);
		assert_int_equal(s.n_moved, n_moves(&p, &present, &s.timetable));
		assert_true(s.timetable.places[who].session != present.places[who].session);
		assert_int_equal(s.n_moved_bound, s.n_moved);
		if (s.n_moved > 5)
			fail_msg("%s %s: %u moved", instance, p.submissions[who].id, s.n_moved);
	}
}

static void a_speaker_who_cannot_come_moves_at_most_five(void **state)
{
	(void)state;
	replan_speakers("OR60F", "OR60F.published-extended");
	replan_speakers("GECCO21", "GECCO21.published-extended");
}

static struct timetable_solution replanned(
	const struct timetable_problem *p, const struct timetable *present)
{
	struct timetable_solution s;
	struct err err = err_in(arena);

	if (timetable_replan(arena, p, present, NULL, &s, &err) != OK)
		fail_msg("%s", err.message);
	assert_int_equal(value_of(p, &s.timetable).value, s.value);
	assert_int_equal(s.n_moved, n_moves(p, present, &s.timetable));
	return s;
}

static void what_holds_stays_as_it_is(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("OR60F");
	struct timetable present = published("OR60F.published-extended", &p);
	struct timetable_solution s = replanned(&p, &present);

	assert_int_equal(s.n_moved, 0);
	assert_int_equal(s.value, 433);
}

/* All that a room held goes elsewhere: tracks that lived there move as a whole. */
static void a_room_that_is_gone_is_emptied(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("OR60F");
	struct timetable present = published("OR60F.published-extended", &p);
	bool *shut = ARENA_ARRAY(arena, p.n_sessions * p.n_rooms, bool);
	uint32_t room = 2, n = 0;

	for (uint32_t s = 0; s < p.n_sessions; s++)
		shut[s * p.n_rooms + room] = true;
	for (uint32_t i = 0; i < p.n_submissions; i++)
		n += present.places[i].room == room;
	p.is_shut = shut;
	struct timetable_solution s = replanned(&p, &present);
	assert_true(n > 8);
	assert_int_equal(s.n_moved_bound, n);
	assert_int_equal(s.n_moved, n);
	assert_int_equal(s.n_forbidden, 0);
}

/* A track has one room: when that is shut for one session, it goes as a whole, or finds an exchange. */
static void a_shut_cell_does_not_split_its_track(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("OR60F");
	struct timetable present = published("OR60F.published-extended", &p);
	bool *shut = ARENA_ARRAY(arena, p.n_sessions * p.n_rooms, bool);

	shut[0] = true;
	p.is_shut = shut;
	assert_int_equal(replanned(&p, &present).n_forbidden, 0);
}

static void what_is_fixed_stays_and_says_so_when_it_cannot(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("OR60F");
	struct timetable present = published("OR60F.published-extended", &p);
	bool *fixed = ARENA_ARRAY(arena, p.n_submissions, bool);
	struct timetable_problem changed = without(&p, &present, 195);
	struct timetable_solution s = replanned(&changed, &present);
	uint32_t other = 0;

	/* Whoever made way for 195 is fixed: somebody else does. */
	while (other == 195 || !memcmp(&s.timetable.places[other], &present.places[other],
					sizeof *present.places))
		other++;
	fixed[other] = true;
	changed.is_fixed = fixed;
	s = replanned(&changed, &present);
	assert_memory_equal(
		&s.timetable.places[other], &present.places[other], sizeof *present.places);
	assert_int_equal(s.n_forbidden, 0);
	assert_true(s.n_moved <= 5);

	bool *shut = ARENA_ARRAY(arena, p.n_sessions * p.n_rooms, bool);
	struct err err = err_in(arena);
	shut[present.places[other].session * p.n_rooms + present.places[other].room] = true;
	changed.is_shut = shut;
	assert_int_equal(timetable_replan(arena, &changed, &present, NULL, &s, &err), CONFLICT);
	assert_true(strstr(err.message, p.submissions[other].id) != NULL);
}

static void a_breach_that_was_there_elsewhere_may_stay(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("OR60F");
	struct timetable present = published("OR60F.published-extended", &p);
	uint32_t who = 273, n_slots = p.submissions[who].n_slots;
	struct timetable_place *at = &present.places[who];

	/* It stands alone in a second room of its track from now on. */
	for (at->room = 0; present.track[at->session * p.n_rooms + at->room] != TIMETABLE_NONE;)
		at->room++;
	at->slot = 0;
	present.track[at->session * p.n_rooms + at->room] = p.submissions[who].track;
	assert_true(n_slots <= p.sessions[at->session].n_slots);
	uint32_t n_forbidden = value_of(&p, &present).n_forbidden;
	assert_true(n_forbidden > 0);
	struct timetable_problem changed = without(&p, &present, 195);
	struct timetable_solution s = replanned(&changed, &present);
	assert_true(s.n_forbidden <= n_forbidden);
	assert_int_equal(s.n_moved, 2);
	assert_memory_equal(&s.timetable.places[who], at, sizeof *at);
}

/* A speaker joins a second talk of the same session. */
static void presenters_who_would_be_in_two_rooms_are_parted(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("OR60F");
	struct timetable present = published("OR60F.published-extended", &p);
	uint32_t one = 195, other = 0;

	while (other == one || present.places[other].session != present.places[one].session ||
		present.places[other].room == present.places[one].room)
		other++;
	p.submissions[one].presenters = p.submissions[other].presenters;
	p.submissions[one].n_presenters = p.submissions[other].n_presenters;
	assert_true(value_of(&p, &present).n_forbidden > 0);
	struct timetable_solution s = replanned(&p, &present);
	assert_int_equal(s.n_forbidden, 0);
	assert_true(s.n_moved >= 1 && s.n_moved <= 2);
}

static void a_new_submission_gets_a_place(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("OR60F");
	struct timetable present = published("OR60F.published-extended", &p);

	present.places[100].session = TIMETABLE_NONE;
	struct timetable_solution s = replanned(&p, &present);
	assert_int_equal(s.n_moved, 1);
	assert_int_equal(s.n_forbidden, 0);
	assert_int_equal(s.value, 433);
}

static void what_has_no_place_anywhere_is_a_conflict(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("N2OR");
	struct timetable present = published("N2OR.published-exact", &p);
	struct timetable_solution s;
	struct err err = err_in(arena);

	p.submissions[3].n_slots = 9;
	assert_int_equal(timetable_replan(arena, &p, &present, NULL, &s, &err), CONFLICT);
	assert_non_null(err.message);
}

/* N2OR is full to the last slot: whoever cannot come changes places with others. */
static void a_full_timetable_is_mended_by_exchanges(void **state)
{
	(void)state;
	replan_speakers("N2OR", "N2OR.published-extended");
}

static bool refuse_to_go_on(void *arg, const struct effort_state *state)
{
	(void)arg;
	assert_non_null(state->doing);
	return false;
}

/* A full timetable that gives nothing: the search would go on for a while. */
static void whoever_waits_may_end_it(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("N2OR");
	struct timetable present = published("N2OR.published-exact", &p);
	bool *shut = ARENA_ARRAY(arena, p.n_sessions * p.n_rooms, bool);
	struct timetable_solution s;
	struct err err = err_in(arena);
	struct effort effort = {.tell = refuse_to_go_on};

	shut[0] = true;
	p.is_shut = shut;
	assert_int_equal(timetable_replan(arena, &p, &present, &effort, &s, &err), BUSY);
	assert_true(effort.is_cut);
	assert_non_null(err.message);
}

static void the_same_again_is_the_same(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("GECCO21");
	struct timetable present = published("GECCO21.published-extended", &p);
	struct timetable_problem changed = without(&p, &present, 129);
	struct timetable_solution one = replanned(&changed, &present);
	struct timetable_solution two = replanned(&changed, &present);

	assert_memory_equal(one.timetable.places, two.timetable.places,
		p.n_submissions * sizeof *present.places);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_speaker_who_cannot_come_moves_at_most_five, setup, teardown),
		cmocka_unit_test_setup_teardown(what_holds_stays_as_it_is, setup, teardown),
		cmocka_unit_test_setup_teardown(a_room_that_is_gone_is_emptied, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_shut_cell_does_not_split_its_track, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_is_fixed_stays_and_says_so_when_it_cannot, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_breach_that_was_there_elsewhere_may_stay, setup, teardown),
		cmocka_unit_test_setup_teardown(
			presenters_who_would_be_in_two_rooms_are_parted, setup, teardown),
		cmocka_unit_test_setup_teardown(a_new_submission_gets_a_place, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_has_no_place_anywhere_is_a_conflict, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_full_timetable_is_mended_by_exchanges, setup, teardown),
		cmocka_unit_test_setup_teardown(whoever_waits_may_end_it, setup, teardown),
		cmocka_unit_test_setup_teardown(the_same_again_is_the_same, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

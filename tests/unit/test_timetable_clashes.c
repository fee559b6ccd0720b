/* Every remaining cost of a timetable is said in a sentence, and nothing is left out or said twice. */
#include "timetable_fixture.h"

static void check_sum(const struct timetable_problem *p, const struct timetable *t)
{
	struct timetable_solution s = value_of(p, t);
	struct timetable_clash *clashes;
	size_t n = timetable_clashes(arena, p, t, &clashes);
	int64_t cost = 0;

	for (size_t i = 0; i < n; i++) {
		const struct timetable_clash *c = &clashes[i], *before = i ? c - 1 : NULL;
		cost += c->cost;
		assert_true(c->cost > 0 || c->is_forbidden);
		assert_true(strlen(c->why) > 10);
		if (before && before->is_forbidden == c->is_forbidden)
			assert_true(before->cost >= c->cost);
		else if (before)
			assert_true(before->is_forbidden);
	}
	assert_int_equal(cost, s.value);
}

static void costs_sum_up_to_the_value(void **state)
{
	(void)state;
	static const char *const names[][2] = {{"N2OR", "N2OR.published-exact"},
		{"GECCO19", "GECCO19.published-extended"}, {"GECCO21", "GECCO21.published-exact"},
		{"OR60F", "OR60F.published-exact"}, {"OR60F3", "OR60F3.published-exact"}};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct timetable_problem p = problem_of(names[i][0]);
		struct timetable t = published(names[i][1], &p);
		check_sum(&p, &t);
	}
	for (const cJSON *one = small_cases(); one; one = one->next) {
		struct timetable_problem p = small_problem(one);
		struct timetable t = small_timetable(one, &p);
		check_sum(&p, &t);
	}
}

static void one_place_is_forbidden_once_however_high_its_penalty(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("N2OR");
	struct timetable t = published("N2OR.published-extended", &p);
	struct timetable_dislike never = {.b = t.places[3].session,
		.penalty = TIMETABLE_IMPOSSIBLE};
	struct timetable_clash *clashes;

	p.submissions[3].session = &never;
	p.submissions[3].n_session = 1;
	assert_int_equal(value_of(&p, &t).n_forbidden, 1);
	assert_int_equal(timetable_clashes(arena, &p, &t, &clashes), 3);
	assert_true(clashes[0].is_forbidden);
	assert_int_equal(clashes[0].submission, 3);
	assert_int_equal(clashes[0].kind, TIMETABLE_SUBMISSION_SESSION);
	assert_int_equal(clashes[0].cost, TIMETABLE_IMPOSSIBLE);
	assert_false(clashes[1].is_forbidden);
	never.penalty--;
	assert_int_equal(value_of(&p, &t).n_forbidden, 0);
}

/* Two sessions by two rooms; both tracks are chaired by Number 0, who presents P0, too. */
static const char WORLD[] =
	"{\"format\": \"timetable-1\", \"name\": \"words\", \"weights\": {\"track_session\": 1,"
	"\"track_room\": 2, \"session_room\": 3, \"similar_tracks\": 4, \"rooms_per_track\": 5,"
	"\"parallel_tracks\": 6, \"consecutive_tracks\": 7, \"timezone\": 8, \"order\": 9,"
	"\"submission_session\": 10, \"submission_room\": 11, \"presenter_conflict_session\": 12,"
	"\"attendee_conflict_session\": 13, \"chair_conflict\": 14, \"presenter_conflict_slot\": 15,"
	"\"attendee_conflict_slot\": 16},"
	"\"sessions\": ["
	"{\"name\": \"Mon\", \"date\": \"2027-06-07\", \"slots\": 1, \"start\": 540, \"end\": 600},"
	"{\"name\": \"Tue\", \"date\": \"2027-06-08\", \"slots\": 1, \"start\": 540, \"end\": 600},"
	"{\"name\": \"Wed\", \"date\": \"2027-06-09\", \"slots\": 1, \"start\": 540, \"end\": 600}],"
	"\"rooms\": [\"Aula\", \"Cellar\"], \"people\": 2,"
	"\"tracks\": [{\"name\": \"Logic\", \"chairs\": [0]}, {\"name\": \"Ethics\", \"chairs\": [0]}],"
	"\"submissions\": ["
	"{\"id\": \"P0\", \"track\": 0, \"slots\": 1, \"order\": 2, \"presenters\": [0],"
	"\"attendees\": [1], \"timezone_penalty\": [[0, 1]], \"session_penalty\": [[0, 1]],"
	"\"room_penalty\": [[0, 1]]},"
	"{\"id\": \"P1\", \"track\": 1, \"slots\": 1, \"order\": 0, \"presenters\": [],"
	"\"attendees\": [1], \"timezone_penalty\": [], \"session_penalty\": [],"
	"\"room_penalty\": []},"
	"{\"id\": \"P2\", \"track\": 0, \"slots\": 1, \"order\": 1, \"presenters\": [1],"
	"\"attendees\": [], \"timezone_penalty\": [], \"session_penalty\": [],"
	"\"room_penalty\": []},"
	"{\"id\": \"P3\", \"track\": 0, \"slots\": 1, \"order\": 3, \"presenters\": [],"
	"\"attendees\": [], \"timezone_penalty\": [], \"session_penalty\": [],"
	"\"room_penalty\": []}],"
	"\"track_session_penalty\": [[0, 0, 1]], \"track_room_penalty\": [[0, 0, 1]],"
	"\"session_room_penalty\": [[0, 0, 1]], \"similar_tracks\": [[0, 1, 1]]}";

static const char PLAN[] =
	"{\"format\": \"timetable-solution-1\", \"grid\": [[0, 1], [-1, -1], [0, 0]],"
	"\"slots\": [[[0], [1]], [[-1], [-1]], [[2], [3]]]}";

static void every_kind_has_its_sentence(void **state)
{
	(void)state;
	static const char *const sentences[] = {
		"P0 and P1 run at the same time in Mon and need the same person to present or to chair",
		"P0 and P1 are both in Mon, in different rooms, and need the same person to present or "
		"to chair",
		"Logic runs beside itself in Wed",
		"Logic has more than one room: Aula and Cellar",
		"Logic and Ethics are both in Mon and share a chair",
		"P0 is not number 2 of Logic", "P2 is not number 1 of Logic",
		"P2 and P3 of Logic should follow one another and run at the same time in Wed",
		"P0 is in Aula in Mon, where it should not be",
		"P0 is in Mon, where it should not be",
		"P0 is in Mon, a bad hour for those who give it",
		"The sessions of Logic do not follow one another",
		"Logic and Ethics are alike and both in Mon",
		"Logic is in Aula in Mon, when that room should not be used",
		"Logic is in Aula in Mon, where it should not be",
		"Logic is in Aula in Wed, where it should not be",
		"Logic is in Mon, where it should not be",
		"P0 and P1 are both in Mon, in different rooms, and somebody wants to be at both",
		"P0 and P1 run at the same time in Mon and somebody wants to be at both",
	};
	struct timetable_problem p = problem_from(STR(WORLD));
	struct timetable t = timetable_from(STR(PLAN), &p);
	struct timetable_clash *clashes;
	size_t n = timetable_clashes(arena, &p, &t, &clashes);
	size_t n_wanted = sizeof sentences / sizeof *sentences, n_found = 0;

	for (size_t i = 0; i < n; i++) {
		bool is_wanted = false;
		for (size_t k = 0; k < n_wanted; k++)
			is_wanted = is_wanted || !strcmp(clashes[i].why, sentences[k]);
		if (!is_wanted)
			fail_msg("%s", clashes[i].why);
		n_found++;
	}
	assert_int_equal(n_found, n_wanted);
	check_sum(&p, &t);
}

static void the_person_in_two_places_is_named(void **state)
{
	(void)state;
	struct timetable_problem p = problem_from(STR(WORLD));
	struct timetable t = timetable_from(STR(PLAN), &p);
	struct timetable_clash *clashes;
	size_t n = timetable_clashes(arena, &p, &t, &clashes);

	for (size_t i = 0; i < n; i++) {
		uint32_t person = TIMETABLE_NONE;
		if (clashes[i].kind == TIMETABLE_CHAIR || clashes[i].kind == TIMETABLE_PRESENTER_SLOT ||
			clashes[i].kind == TIMETABLE_PRESENTER_SESSION)
			person = 0;
		if (clashes[i].kind == TIMETABLE_ATTENDEE_SESSION ||
			clashes[i].kind == TIMETABLE_ATTENDEE_SLOT)
			person = 1;
		assert_int_equal(clashes[i].person, person);
	}
}

static void what_has_no_place_is_not_looked_at(void **state)
{
	(void)state;
	struct timetable_problem p = problem_from(STR(WORLD));
	struct timetable t = timetable_from(STR(PLAN), &p);
	struct timetable_clash *clashes;

	t.places[0].session = TIMETABLE_NONE;
	size_t n = timetable_clashes(arena, &p, &t, &clashes);
	for (size_t i = 0; i < n; i++)
		assert_true(clashes[i].submission != 0);
	assert_true(n > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(costs_sum_up_to_the_value, setup, teardown),
		cmocka_unit_test_setup_teardown(
			one_place_is_forbidden_once_however_high_its_penalty, setup, teardown),
		cmocka_unit_test_setup_teardown(every_kind_has_its_sentence, setup, teardown),
		cmocka_unit_test_setup_teardown(the_person_in_two_places_is_named, setup, teardown),
		cmocka_unit_test_setup_teardown(what_has_no_place_is_not_looked_at, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

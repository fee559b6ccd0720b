/* Files of timetables: what is written reads back; what is wrong is refused with the way to it. */
#include "timetable_fixture.h"

static const char BASE[] =
	"{\"format\": \"timetable-1\", \"name\": \"tiny\", \"weights\": {\"track_session\": 1,"
	"\"track_room\": 2, \"session_room\": 3, \"similar_tracks\": 4, \"rooms_per_track\": 5,"
	"\"parallel_tracks\": 6, \"consecutive_tracks\": 7, \"timezone\": 8, \"order\": 9,"
	"\"submission_session\": 10, \"submission_room\": 11, \"presenter_conflict_session\": 12,"
	"\"attendee_conflict_session\": 13, \"chair_conflict\": 14, \"presenter_conflict_slot\": 15,"
	"\"attendee_conflict_slot\": 16},"
	"\"sessions\": ["
	"{\"name\": \"Mon\", \"date\": \"2027-06-07\", \"slots\": 2, \"start\": 540, \"end\": 600},"
	"{\"name\": \"Tue\", \"date\": \"2027-06-08\", \"slots\": 1, \"start\": 550, \"end\": 610}],"
	"\"rooms\": [\"Aula\", \"Cellar\"], \"people\": 3,"
	"\"tracks\": [{\"name\": \"Logic\", \"chairs\": [2]}, {\"name\": \"Ethics\", \"chairs\": []}],"
	"\"submissions\": ["
	"{\"id\": \"P0\", \"track\": 0, \"slots\": 2, \"order\": 2, \"presenters\": [0, 1],"
	"\"attendees\": [2], \"timezone_penalty\": [[1, 7]], \"session_penalty\": [[0, 3]],"
	"\"room_penalty\": [[1, 4]]},"
	"{\"id\": \"P1\", \"track\": 1, \"slots\": 1, \"order\": 0, \"presenters\": [],"
	"\"attendees\": [], \"timezone_penalty\": [], \"session_penalty\": [],"
	"\"room_penalty\": []}],"
	"\"track_session_penalty\": [[1, 0, 8]], \"track_room_penalty\": [[1, 1, 9]],"
	"\"session_room_penalty\": [[0, 1, 10]], \"similar_tracks\": [[0, 1, 11]]}";

static const char PLAN[] =
	"{\"format\": \"timetable-solution-1\",\n \"instance\": \"tiny\",\n \"grid\": [\n"
	"  [0, -1],\n  [-1, 1]],\n \"slots\": [\n  [[0, 0], [-1, -1]],\n  [[-1], [1]]]}\n";

/* BASE or PLAN with one passage put differently. */
static struct str changed(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	assert_non_null(at);
	return str_from(arena_printf(
		arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)));
}

static void an_instance_is_read_as_it_stands(void **state)
{
	(void)state;
	struct timetable_problem p = problem_from(STR(BASE));

	assert_string_equal(p.name, "tiny");
	for (int k = 0; k < TIMETABLE_N_PENALTIES; k++)
		assert_int_equal(p.weights[k], k + 1);
	assert_int_equal(p.n_sessions, 2);
	assert_string_equal(p.sessions[1].name, "Tue");
	assert_string_equal(p.sessions[1].date, "2027-06-08");
	assert_int_equal(p.sessions[1].n_slots, 1);
	assert_int_equal(p.sessions[1].start_min, 550);
	assert_int_equal(p.sessions[1].end_min, 610);
	assert_int_equal(p.n_rooms, 2);
	assert_string_equal(p.rooms[1], "Cellar");
	assert_int_equal(p.n_people, 3);
	assert_int_equal(p.n_tracks, 2);
	assert_string_equal(p.tracks[0].name, "Logic");
	assert_int_equal(p.tracks[0].n_chairs, 1);
	assert_int_equal(p.tracks[0].chairs[0], 2);
	assert_int_equal(p.n_submissions, 2);
	const struct timetable_submission *s = &p.submissions[0];
	assert_string_equal(s->id, "P0");
	assert_int_equal(s->n_slots, 2);
	assert_int_equal(s->order, 2);
	assert_int_equal(s->n_presenters, 2);
	assert_int_equal(s->presenters[1], 1);
	assert_int_equal(s->attendees[0], 2);
	assert_int_equal(s->timezone[0].b, 1);
	assert_int_equal(s->timezone[0].penalty, 7);
	assert_int_equal(s->session[0].penalty, 3);
	assert_int_equal(s->room[0].penalty, 4);
	assert_int_equal(p.track_session[0].a, 1);
	assert_int_equal(p.track_session[0].penalty, 8);
	assert_int_equal(p.track_room[0].b, 1);
	assert_int_equal(p.session_room[0].penalty, 10);
	assert_int_equal(p.similar_tracks[0].b, 1);
	assert_null(p.is_fixed);
	assert_null(p.is_shut);
}

static void what_is_wrong_is_named(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to, *why;
	} cases[] = {
		{"timetable-1", "timetable-2", "format: \"timetable-1\" is wanted"},
		{"\"name\": \"tiny\"", "\"name\": 5", "name: a text is wanted"},
		{"\"order\": 9", "\"odour\": 9", "weights.order: is missing"},
		{"\"track_session\": 1,", "\"track_session\": 1, \"luck\": 1,",
			"weights: luck is no kind of penalty"},
		{"\"timezone\": 8", "\"timezone\": -8", "weights.timezone: -8 is less than 0"},
		{"\"timezone\": 8", "\"timezone\": 1000000001",
			"weights.timezone: 1000000001 is more than 1000000000"},
		{"\"timezone\": 8", "\"timezone\": 0.5",
			"weights.timezone: a whole number is wanted"},
		{"\"slots\": 1, \"start\"", "\"slots\": 61, \"start\"",
			"sessions[1].slots: 61 is more than 60"},
		{"\"slots\": 1, \"start\"", "\"slots\": 0, \"start\"",
			"sessions[1].slots: 0 is less than 1"},
		{"\"start\": 550", "\"start\": -1", "sessions[1].start: -1 is less than 0"},
		{"\"rooms\": [\"Aula\", \"Cellar\"]", "\"rooms\": []", "rooms: is empty"},
		{"\"Cellar\"", "7", "rooms[1]: a text of at most 1000 bytes is wanted"},
		{"\"people\": 3", "\"people\": 200001", "people: 200001 is more than 200000"},
		{"\"people\": 3", "\"people\": 2", "tracks[0].chairs[0]: 2 is more than 1"},
		{"\"track\": 1,", "\"track\": 2,", "submissions[1].track: 2 is more than 1"},
		{"\"presenters\": [0, 1]", "\"presenters\": [0, 3]",
			"submissions[0].presenters[1]: 3 is more than 2"},
		{"\"presenters\": [0, 1]", "\"presenters\": 0",
			"submissions[0].presenters: a list is wanted"},
		{"\"id\": \"P1\"", "\"id\": \"P0\"", "submissions[1].id: \"P0\" is there twice"},
		{"[[1, 7]]", "[[2, 7]]", "submissions[0].timezone_penalty[0][0]: 2 is more than 1"},
		{"[[1, 7]]", "[[1, -7]]",
			"submissions[0].timezone_penalty[0][1]: -7 is less than 0"},
		{"[[1, 7]]", "[[1]]",
			"submissions[0].timezone_penalty[0]: 2 numbers are wanted"},
		{"[[1, 7]]", "[[1, 7, 7]]",
			"submissions[0].timezone_penalty[0]: has 3 entries, at most 2 are possible"},
		{"[[1, 7]]", "[[1, 7], [1, 8]]",
			"submissions[0].timezone_penalty[1]: the same was given another penalty "
			"before"},
		{"[[0, 1, 11]]", "[[0, 1, 11], [1, 0, 12]]",
			"similar_tracks: the same was given another penalty before"},
		{"[[1, 0, 8]]", "[[1, 2, 8]]", "track_session_penalty[0][1]: 2 is more than 1"},
		{"[[1, 0, 8]]", "[[1, 0, 1000000001]]",
			"track_session_penalty[0][2]: 1000000001 is more than 1000000000"},
		{"\"similar_tracks\": [[", "\"similar_tacks\": [[", "similar_tracks: is missing"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct timetable_problem p;
		struct err err = err_in(arena);
		struct str text = changed(BASE, cases[i].from, cases[i].to);
		assert_int_equal(timetable_read(arena, text, &p, &err), INVALID);
		assert_string_equal(err.message, cases[i].why);
	}
}

static void what_is_said_twice_in_the_same_way_counts_once(void **state)
{
	(void)state;
	struct timetable_problem p = problem_from(
		changed(BASE, "[[0, 1, 11]]", "[[0, 1, 11], [1, 0, 11], [0, 1, 11], [1, 1, 5]]"));

	assert_int_equal(p.n_similar_tracks, 1);
	p = problem_from(changed(BASE, "[[1, 7]]", "[[1, 7], [0, 2], [1, 7]]"));
	assert_int_equal(p.submissions[0].n_timezone, 2);
}

/* 10^9 times 10^9 fits, 2 rooms by 2 sessions of it several times do not. */
static void a_value_always_fits(void **state)
{
	(void)state;
	struct timetable_problem p;
	struct err err = err_in(arena);
	struct str text = changed(BASE, "\"track_session\": 1,", "\"track_session\": 1000000000,");

	text = changed(text.p, "[[1, 0, 8]]", "[[1, 0, 1000000000]]");
	assert_int_equal(timetable_read(arena, text, &p, &err), OK);
	text = changed(text.p, "\"track_room\": 2,", "\"track_room\": 1000000000,");
	text = changed(text.p, "[[1, 1, 9]]", "[[1, 1, 1000000000]]");
	assert_int_equal(timetable_read(arena, text, &p, &err), INVALID);
	assert_string_equal(err.message, "the file: weights and penalties are so high that a value "
		"could pass 4611686018427387903");
}

static void too_many_of_anything_are_refused(void **state)
{
	(void)state;
	struct buf rooms = buf_in(arena, 100000);
	struct timetable_problem p;
	struct err err = err_in(arena);

	buf_text(&rooms, "\"rooms\": [");
	for (int i = 0; i <= TIMETABLE_MAX_ROOMS; i++)
		buf_printf(&rooms, "%s\"R%d\"", i ? ", " : "", i);
	buf_text(&rooms, "]");
	struct str text = changed(BASE, "\"rooms\": [\"Aula\", \"Cellar\"]", buf_cstr(&rooms));
	assert_int_equal(timetable_read(arena, text, &p, &err), INVALID);
	assert_string_equal(err.message, "rooms: has 101 entries, at most 100 are possible");
}

static void a_timetable_is_read_and_written(void **state)
{
	(void)state;
	struct timetable_problem p = problem_from(STR(BASE));
	struct timetable t = timetable_from(STR(PLAN), &p);
	struct buf out = buf_in(arena, 10000);

	assert_int_equal(t.track[0], 0);
	assert_int_equal(t.track[1], TIMETABLE_NONE);
	assert_int_equal(t.places[0].slot, 0);
	assert_int_equal(t.places[1].session, 1);
	assert_int_equal(t.places[1].room, 1);
	timetable_write(&p, &t, &out);
	assert_string_equal(buf_cstr(&out), PLAN);
}

static void published_timetables_survive_being_written(void **state)
{
	(void)state;
	static const char *const names[] = {"N2OR", "GECCO19", "GECCO21", "OR60F", "OR60F3"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct timetable_problem p = problem_of(names[i]);
		const char *file = arena_printf(arena, "%s.published-exact", names[i]);
		struct timetable t = published(file, &p);
		struct buf out = buf_in(arena, 1 << 20);
		timetable_write(&p, &t, &out);
		struct timetable again = timetable_from(buf_view(&out), &p);
		assert_memory_equal(again.track, t.track,
			sizeof *t.track * p.n_sessions * p.n_rooms);
		assert_memory_equal(
			again.places, t.places, sizeof *t.places * p.n_submissions);
	}
}

static void an_incomplete_timetable_is_read(void **state)
{
	(void)state;
	struct timetable_problem p = problem_from(STR(BASE));
	struct timetable t = timetable_from(changed(PLAN, "[[-1], [1]]", "[[-1], [-1]]"), &p);

	assert_int_equal(t.places[1].session, TIMETABLE_NONE);
}

static void a_broken_timetable_is_named(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to, *why;
	} cases[] = {
		{"[-1, 1]]", "[-1, 2]]", "grid[1][1]: 2 is more than 1"},
		{"[-1, 1]]", "[-2, 1]]", "grid[1][0]: -2 is less than -1"},
		{"  [0, -1],\n", "", "grid: has 1 entries, 2 are wanted"},
		{"[-1, 1]]", "[1]]", "grid[1]: has 1 entries, 2 are wanted"},
		{"[-1], [1]", "[-1], [2]", "slots[1][1][0]: 2 is more than 1"},
		{"[-1], [1]", "[-1], [1, -1]",
			"slots[1][1]: has 2 entries, at most 1 are possible"},
		{"[[0, 0], [-1, -1]]", "[[0, 0], [-1]]",
			"slots[0][1]: has 1 entries, 2 are wanted"},
		{"[-1], [1]", "[1], [1]", "slots[1][1][0]: P1 was in other slots before"},
		{"[0, 0], [-1, -1]", "[0, -1], [-1, 0]",
			"slots[0][1][1]: P0 was in other slots before"},
		{"[0, 0], [-1, -1]", "[0, -1], [-1, -1]", "slots: P0 has 1 slots of the 2 it takes"},
		{"[0, 0], [-1, -1]", "[1, 1], [-1, -1]", "slots[0][0][1]: P1 takes 1 slots, not more"},
	};
	struct timetable_problem p = problem_from(STR(BASE));

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct timetable t;
		struct err err = err_in(arena);
		struct str text = changed(PLAN, cases[i].from, cases[i].to);
		assert_int_equal(timetable_read_solution(arena, text, &p, &t, &err), INVALID);
		assert_string_equal(err.message, cases[i].why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_instance_is_read_as_it_stands, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_wrong_is_named, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_is_said_twice_in_the_same_way_counts_once, setup, teardown),
		cmocka_unit_test_setup_teardown(a_value_always_fits, setup, teardown),
		cmocka_unit_test_setup_teardown(too_many_of_anything_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_timetable_is_read_and_written, setup, teardown),
		cmocka_unit_test_setup_teardown(
			published_timetables_survive_being_written, setup, teardown),
		cmocka_unit_test_setup_teardown(an_incomplete_timetable_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(a_broken_timetable_is_named, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

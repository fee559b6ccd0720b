/* Bounds: never above what is possible, and above nothing where something is forced. */
#include "timetable_worlds.h"

enum { WORLDS = 40 };

struct least {
	int64_t soft, strict;
};

static void judge(struct all *all)
{
	struct least *least = all->arg;
	struct timetable_solution s;
	struct err err = err_in(arena);

	if (timetable_value(arena, all->p, &all->t, &s, &err) != OK)
		return;
	least->soft = s.value < least->soft ? s.value : least->soft;
	if (!s.n_forbidden)
		least->strict = s.value < least->strict ? s.value : least->strict;
}

static void no_timetable_is_better_than_its_bound(void **state)
{
	(void)state;
	int n_exact[2] = {0}, n_forced[2] = {0}, n_worlds = 0;

	for (uint64_t seed = 1; n_worlds < WORLDS; seed++) {
		struct world w;
		struct least least = {INT64_MAX, INT64_MAX};
		arena_reset(arena);
		rng_seed(&w.rng, seed);
		make_problem(&w);
		try_all(&w.p, judge, &least);
		if (least.soft == INT64_MAX)
			continue;
		n_worlds++;
		int64_t soft = timetable_bound(arena, &w.p, false);
		int64_t strict = timetable_bound(arena, &w.p, true);
		if (soft < 0 || soft > least.soft || strict > least.strict)
			fail_msg("seed %d: %lld of %lld, strict %lld of %lld", (int)seed,
				(long long)soft, (long long)least.soft, (long long)strict,
				(long long)least.strict);
		n_exact[0] += soft == least.soft;
		n_exact[1] += strict == least.strict;
		n_forced[0] += soft > 0;
		n_forced[1] += strict > 0 && least.strict < INT64_MAX;
	}
	/* The worlds are such that something is forced in most, and some bounds are reached. */
	assert_true(n_forced[0] > WORLDS / 2 && n_forced[1] > WORLDS / 2);
	assert_true(n_exact[0] > WORLDS / 20 && n_exact[1] > WORLDS / 20);
}

static void bounds_of_real_instances_are_below_what_is_known_and_above_what_is_forced(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int64_t soft, soft_known, strict, strict_known;
	} cases[] = {
		{"N2OR", 0, 1, 1, 1},
		{"GECCO19", 0, 29, 1000000, 1000027},
		{"GECCO21", 10900, 10933, 10900, 11130},
		{"OR60F", 0, 25, 400, 433},
		{"OR60F3", 0, 290, 0, 1720},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct timetable_problem p = problem_of(cases[i].name);
		int64_t soft = timetable_bound(arena, &p, false);
		int64_t strict = timetable_bound(arena, &p, true);
		assert_in_range(soft, cases[i].soft, cases[i].soft_known);
		assert_in_range(strict, cases[i].strict, cases[i].strict_known);
		assert_true(soft <= strict);
	}
}

/* ---- one kind at a time: N2OR with everything else at no cost ---- */

static struct timetable_problem only(enum timetable_penalty kind, int64_t weight)
{
	struct timetable_problem p = problem_of("N2OR");

	memset(p.weights, 0, sizeof p.weights);
	p.weights[kind] = weight;
	return p;
}

static void places_wanted_twice_are_forced(void **state)
{
	(void)state;
	struct timetable_problem p = only(TIMETABLE_ORDER, 7);
	uint32_t track = p.submissions[0].track, n = 0, n_of_track = 0;

	assert_int_equal(timetable_bound(arena, &p, false), 0);
	for (uint32_t i = 0; i < p.n_submissions; i++)
		n_of_track += p.submissions[i].track == track;
	for (uint32_t i = 0; i < p.n_submissions && n < 3; i++)
		if (p.submissions[i].track == track && ++n)
			p.submissions[i].order = n < 3 ? 1 : n_of_track + 1;
	assert_int_equal(n, 3);
	assert_int_equal(timetable_bound(arena, &p, false), 14);
}

static void a_presenter_of_too_many_tracks_is_forced_to_clash(void **state)
{
	(void)state;
	struct timetable_problem p = only(TIMETABLE_PRESENTER_SESSION, 5);
	static const uint32_t busy = 0;
	bool has_one[8] = {false};

	assert_int_equal(p.n_tracks, 8);
	for (uint32_t i = 0; i < p.n_submissions; i++) {
		p.submissions[i].n_presenters = 0;
		if (has_one[p.submissions[i].track])
			continue;
		has_one[p.submissions[i].track] = true;
		p.submissions[i].presenters = &busy;
		p.submissions[i].n_presenters = 1;
	}
	/* Eight tracks in four sessions: two in each, which is four pairs. */
	assert_int_equal(timetable_bound(arena, &p, false), 20);
}

static void a_track_longer_than_all_sessions_is_forced_beside_itself(void **state)
{
	(void)state;
	struct timetable_problem p = only(TIMETABLE_PARALLEL_TRACKS, 1);

	/* 36 slots of one track, and four sessions with 9 slots: all of four rooms. */
	for (uint32_t i = 0; i < p.n_submissions; i++)
		p.submissions[i].track = 0;
	assert_int_equal(timetable_bound(arena, &p, false), 9);
	p.weights[TIMETABLE_ROOMS_PER_TRACK] = 100;
	assert_int_equal(timetable_bound(arena, &p, false), 309);
}

static void crowded_sessions_force_dislikes(void **state)
{
	(void)state;
	struct timetable_problem p = only(TIMETABLE_SUBMISSION_SESSION, 3);
	/* Everybody dislikes the first three sessions; the last one has 12 of 36 slots. */
	static const struct timetable_dislike list[] = {{0, 0, 2}, {0, 1, 2}, {0, 2, 2}};

	for (uint32_t i = 0; i < p.n_submissions; i++) {
		p.submissions[i].session = list;
		p.submissions[i].n_session = 3;
	}
	assert_int_equal(timetable_bound(arena, &p, false), 24 * 2 * 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			no_timetable_is_better_than_its_bound, setup, teardown),
		cmocka_unit_test_setup_teardown(
			bounds_of_real_instances_are_below_what_is_known_and_above_what_is_forced,
			setup, teardown),
		cmocka_unit_test_setup_teardown(places_wanted_twice_are_forced, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_presenter_of_too_many_tracks_is_forced_to_clash, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_track_longer_than_all_sessions_is_forced_beside_itself, setup, teardown),
		cmocka_unit_test_setup_teardown(crowded_sessions_force_dislikes, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

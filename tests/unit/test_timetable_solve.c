/* Solving as a whole: the least value, the same result again, what stays, and what cannot be. */
#include "timetable_fixture.h"

#include "optimise/timetable_check.h"
#include "optimise/rng.h"
#include "optimise/timetable_count.h"

static enum rc solve(const struct timetable_problem *p, bool is_strict,
	const struct timetable *start, uint64_t seed, struct timetable_solution *out,
	struct err *err)
{
	struct effort effort = {.seed = seed};
	struct timetable_wish wish = {.is_strict = is_strict, .start = start};

	effort_begin(&effort);
	enum rc rc = timetable_solve(arena, p, &wish, &effort, out, err);
	assert_false(effort.is_cut);
	return rc;
}

/* A small case whose submissions and places are few. */
static struct timetable_problem tiny(uint32_t most, uint32_t nth)
{
	for (const cJSON *one = small_cases(); one; one = one->next) {
		struct timetable_problem p = small_problem(one);
		uint32_t n_slots = 0;
		for (uint32_t s = 0; s < p.n_sessions; s++)
			n_slots += p.sessions[s].n_slots * p.n_rooms;
		if (p.n_submissions > 1 && p.n_submissions <= most && n_slots <= 12 && nth-- == 0)
			return p;
	}
	fail_msg("no such case");
	return (struct timetable_problem){0};
}

/* ---- against all timetables that there are ---- */

struct all {
	const struct timetable_problem *p;
	struct timetable_counter counter;
	struct timetable t;
	bool is_strict;
	uint64_t n_complete;
	int64_t n_forbidden, value; /* of the best */
};

static void judge(struct all *all)
{
	const struct timetable_problem *p = all->p;
	struct timetable_solution s;
	struct err err = err_in(arena);

	for (uint32_t c = 0; c < p->n_sessions * p->n_rooms; c++)
		all->t.track[c] = TIMETABLE_NONE;
	for (uint32_t i = 0; i < p->n_submissions; i++)
		all->t.track[all->t.places[i].session * p->n_rooms + all->t.places[i].room] =
			p->submissions[i].track;
	if (timetable_check(p, &all->t, &err) != OK)
		return;
	timetable_sum(&all->counter, &all->t, &s);
	int64_t n_forbidden = all->is_strict ? s.n_forbidden : 0;
	if (all->n_complete++ == 0 || n_forbidden < all->n_forbidden ||
		(n_forbidden == all->n_forbidden && s.value < all->value)) {
		all->n_forbidden = n_forbidden;
		all->value = s.value;
	}
}

static void try_all(struct all *all, uint32_t submission)
{
	const struct timetable_problem *p = all->p;

	if (submission == p->n_submissions) {
		judge(all);
		return;
	}
	for (uint32_t s = 0; s < p->n_sessions; s++)
		for (uint32_t r = 0; r < p->n_rooms; r++)
			for (uint32_t k = 0; k < p->sessions[s].n_slots; k++) {
				all->t.places[submission] = (struct timetable_place){s, r, k};
				if (timetable_fits(p, submission, &all->t.places[submission]))
					try_all(all, submission + 1);
			}
}

static void the_best_of_all_timetables_is_found(void **state)
{
	(void)state;
	for (uint32_t k = 0; k < 2; k++) {
		struct timetable_problem p = tiny(5, k);
		for (int strict = 0; strict < 2; strict++) {
			struct all all = {.p = &p,
				.is_strict = strict,
				.counter = timetable_counter_of(arena, &p),
				.t = timetable_empty(arena, &p)};
			struct timetable_solution found;
			struct err err = err_in(arena);
			try_all(&all, 0);
			enum rc rc = solve(&p, strict, NULL, 1, &found, &err);
			if (all.n_complete == 0) {
				assert_int_equal(rc, CONFLICT);
				continue;
			}
			assert_int_equal(rc, OK);
			assert_int_equal(found.value, all.value);
			if (strict)
				assert_int_equal(found.n_forbidden, all.n_forbidden);
			assert_true(found.bound <= found.value);
		}
	}
}

/* ---- repeating ---- */

static void the_same_seed_gives_the_same_timetable(void **state)
{
	struct timetable_problem p = tiny(5, 1);
	struct timetable_solution one, again;
	struct err err = err_in(arena);

	(void)state;
	assert_int_equal(solve(&p, true, NULL, 3, &one, &err), OK);
	assert_int_equal(solve(&p, true, NULL, 3, &again, &err), OK);
	assert_memory_equal(one.timetable.places, again.timetable.places,
		p.n_submissions * sizeof *one.timetable.places);
}

/* ---- what is given ---- */

static struct timetable_problem without_wishes(const char *name)
{
	struct timetable_problem p = problem_of(name);

	memset(p.weights, 0, sizeof p.weights);
	return p;
}

static void what_is_fixed_stays_and_what_is_shut_is_empty(void **state)
{
	struct timetable_problem p = problem_of("OR60F");
	struct timetable t = published("OR60F.published-exact", &p);
	struct timetable_solution s;
	struct err err = err_in(arena);
	bool *is_fixed = ARENA_ARRAY(arena, p.n_submissions, bool);
	bool *is_shut = ARENA_ARRAY(arena, (size_t)p.n_sessions * p.n_rooms, bool);
	struct effort effort = {.seed = 1, .seconds = 0.2};

	(void)state;
	for (uint32_t i = 0; i < p.n_submissions; i += 2)
		is_fixed[i] = true;
	for (uint32_t cell = 0; cell < p.n_sessions * p.n_rooms; cell++)
		is_shut[cell] = t.track[cell] == TIMETABLE_NONE;
	p.is_fixed = is_fixed;
	p.is_shut = is_shut;
	effort_begin(&effort);
	assert_int_equal(timetable_solve(arena, &p, &(struct timetable_wish){.start = &t}, &effort,
				 &s, &err),
		OK);
	assert_true(s.value < 1664);
	for (uint32_t i = 0; i < p.n_submissions; i += 2)
		assert_memory_equal(&s.timetable.places[i], &t.places[i], sizeof *t.places);
	for (uint32_t cell = 0; cell < p.n_sessions * p.n_rooms; cell++)
		if (is_shut[cell])
			assert_int_equal(s.timetable.track[cell], TIMETABLE_NONE);
}

static bool refuse(void *arg, const struct effort_state *state)
{
	(void)arg;
	(void)state;
	return false;
}

static void the_start_is_never_made_worse(void **state)
{
	struct timetable_problem p = problem_of("GECCO21");
	struct timetable t = published("GECCO21.published-extended", &p);
	struct timetable_solution s;
	struct err err = err_in(arena);
	struct effort effort = {.seed = 1, .seconds = 5, .tell = refuse};

	(void)state;
	effort_begin(&effort);
	effort.told_ms -= 1000; /* it is told, and ends, at once */
	assert_int_equal(
		timetable_solve(arena, &p, &(struct timetable_wish){.is_strict = true, .start = &t},
			&effort, &s, &err),
		OK);
	assert_true(effort.is_cut);
	assert_int_equal(s.n_forbidden, 0);
	assert_true(s.value <= 11130);
}

static void what_is_fixed_needs_a_place(void **state)
{
	struct timetable_problem p = without_wishes("N2OR");
	struct timetable t = timetable_empty(arena, &p);
	struct timetable_solution s;
	struct err err = err_in(arena);
	bool *is_fixed = ARENA_ARRAY(arena, p.n_submissions, bool);

	(void)state;
	is_fixed[4] = true;
	p.is_fixed = is_fixed;
	assert_int_equal(solve(&p, false, NULL, 1, &s, &err), INVALID);
	err_clear(&err);
	assert_int_equal(solve(&p, false, &t, 1, &s, &err), INVALID);
	assert_non_null(strstr(err.message, p.submissions[4].id));
}

/* ---- what cannot be ---- */

static void no_room_is_a_conflict_with_its_reason(void **state)
{
	struct timetable_problem p = problem_of("N2OR");
	struct timetable_solution s;
	struct err err = err_in(arena);
	bool *is_shut = ARENA_ARRAY(arena, (size_t)p.n_sessions * p.n_rooms, bool);

	(void)state;
	is_shut[0] = true;
	p.is_shut = is_shut;
	assert_int_equal(solve(&p, false, NULL, 1, &s, &err), CONFLICT);
	assert_non_null(strstr(err.message, "need 36 slots"));
	err_clear(&err);
	p.is_shut = NULL;
	p.submissions[3].n_slots = 4;
	assert_int_equal(solve(&p, false, NULL, 1, &s, &err), CONFLICT);
	assert_non_null(strstr(err.message, "needs 4 slots in a row"));
	err_clear(&err);
	p = problem_of("N2OR");
	p.n_submissions = 17;
	p.n_tracks = 17;
	p.tracks = ARENA_ARRAY(arena, 17, struct timetable_track);
	for (uint32_t i = 0; i < 17; i++) {
		p.tracks[i].name = "A track";
		p.submissions[i].track = i;
	}
	assert_int_equal(solve(&p, false, NULL, 1, &s, &err), CONFLICT);
	assert_non_null(strstr(err.message, "need 17 of them, but there are only 16"));
}

/* No slot is left over, and one submission takes two. */
static void a_full_house_is_packed(void **state)
{
	struct timetable_problem p = without_wishes("N2OR");
	struct timetable_solution s;
	struct err err = err_in(arena);

	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++)
		assert_int_equal(solve(&p, false, NULL, seed, &s, &err), OK);
	assert_int_equal(s.value, 0);
}

/* The same from a timetable that is drawn: cells full of long and short ones, four a track or less.
 */
static void a_full_house_of_long_submissions_is_packed(void **state)
{
	enum { N_SESSIONS = 8, N_ROOMS = 5, N_SLOTS = 4 };
	struct timetable_session sessions[N_SESSIONS];
	const char *rooms[N_ROOMS] = {"A", "B", "C", "D", "E"};
	struct timetable_track tracks[N_SESSIONS * N_ROOMS] = {0};
	struct timetable_submission submissions[N_SESSIONS * N_ROOMS * N_SLOTS] = {0};
	struct timetable_problem p = {.sessions = sessions,
		.rooms = rooms,
		.tracks = tracks,
		.submissions = submissions,
		.n_sessions = N_SESSIONS,
		.n_rooms = N_ROOMS};
	struct timetable_solution s;
	struct err err = err_in(arena);
	struct rng rng;

	(void)state;
	rng_seed(&rng, 5);
	for (uint32_t k = 0; k < N_SESSIONS; k++)
		sessions[k] = (struct timetable_session){.name = "S", .n_slots = N_SLOTS};
	for (uint32_t cell = 0, in_track = 4; cell < N_SESSIONS * N_ROOMS; cell++, in_track++) {
		if (in_track > rng_below(&rng, 4)) {
			tracks[p.n_tracks++].name = "T";
			in_track = 0;
		}
		for (uint32_t left = N_SLOTS; left > 0;) {
			uint32_t n = 1 + rng_below(&rng, left);
			submissions[p.n_submissions++] = (struct timetable_submission){
				.id = "X", .track = p.n_tracks - 1, .n_slots = n};
			left -= n;
		}
	}
	assert_int_equal(solve(&p, false, NULL, 1, &s, &err), OK);
	assert_int_equal(solve(&p, true, NULL, 1, &s, &err), OK);
	assert_int_equal(s.n_forbidden, 0);
}

static void nothing_to_place_is_no_problem(void **state)
{
	struct timetable_problem p = without_wishes("N2OR");
	struct timetable_solution s;
	struct err err = err_in(arena);

	(void)state;
	p.n_submissions = 0;
	assert_int_equal(solve(&p, true, NULL, 1, &s, &err), OK);
	assert_int_equal(s.value, 0);
	p.n_rooms = 0;
	assert_int_equal(solve(&p, true, NULL, 1, &s, &err), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_best_of_all_timetables_is_found, setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_same_seed_gives_the_same_timetable, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_is_fixed_stays_and_what_is_shut_is_empty, setup, teardown),
		cmocka_unit_test_setup_teardown(the_start_is_never_made_worse, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_fixed_needs_a_place, setup, teardown),
		cmocka_unit_test_setup_teardown(
			no_room_is_a_conflict_with_its_reason, setup, teardown),
		cmocka_unit_test_setup_teardown(a_full_house_is_packed, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_full_house_of_long_submissions_is_packed, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_to_place_is_no_problem, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

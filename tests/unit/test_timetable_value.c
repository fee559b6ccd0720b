/* The value of a timetable: published ones, made-up ones with every penalty, and broken ones. */
#include "timetable_fixture.h"

static void published_timetables_have_their_values(void **state)
{
	(void)state;
	static const struct {
		const char *instance, *timetable;
		int64_t value;
	} cases[] = {
		{"N2OR", "N2OR.published-exact", 2},
		{"N2OR", "N2OR.published-extended", 2},
		{"GECCO19", "GECCO19.published-exact", 1000116},
		{"GECCO19", "GECCO19.published-extended", 2000007},
		{"GECCO21", "GECCO21.published-exact", 11280},
		{"GECCO21", "GECCO21.published-extended", 11130},
		{"OR60F", "OR60F.published-exact", 1664},
		{"OR60F", "OR60F.published-extended", 433},
		{"OR60F3", "OR60F3.published-exact", 1720},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct timetable_problem p = problem_of(cases[i].instance);
		struct timetable t = published(cases[i].timetable, &p);
		struct timetable_solution s = value_of(&p, &t);
		assert_int_equal(s.value, cases[i].value);
		assert_int_equal(s.n_forbidden, 0);
	}
}

/* ---- the cases that tests/optimise/evaluate_timetable.mjs has counted ---- */

static void every_penalty_is_counted_as_the_other_evaluator_does(void **state)
{
	(void)state;
	size_t n_cases = 0;

	for (const cJSON *one = small_cases(); one; one = one->next, n_cases++) {
		struct timetable_problem p = small_problem(one);
		struct timetable t = small_timetable(one, &p);
		struct timetable_solution s = value_of(&p, &t);
		const cJSON *counts = json_get(one, "counts");
		for (enum timetable_penalty k = 0; k < TIMETABLE_N_PENALTIES; k++)
			if (s.counts[k] != json_int(counts, timetable_penalty_name(k), -1))
				fail_msg("%s %s: %lld", p.name, timetable_penalty_name(k),
					(long long)s.counts[k]);
		assert_int_equal(s.value, json_int(one, "value", -1));
		assert_int_equal(s.n_forbidden, json_int(one, "forbidden", -1));
	}
	assert_int_equal(n_cases, 30);
}

/* ---- hard rules ---- */

static void refuses(const struct timetable_problem *p, const struct timetable *t, const char *why)
{
	struct timetable_solution s;
	struct err err = err_in(arena);

	assert_int_equal(timetable_value(arena, p, t, &s, &err), INVALID);
	assert_string_equal(err.message, why);
}

static void broken_hard_rules_are_named(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("N2OR");
	struct timetable t = published("N2OR.published-exact", &p);

	t.places[27].session = TIMETABLE_NONE;
	refuses(&p, &t, "NEW19A3731 has no place");
	t.places[27] = (struct timetable_place){0, 4, 0};
	refuses(&p, &t, "NEW19A3731 is in a session or room that does not exist");
	t.places[27] = (struct timetable_place){0, 0, 2};
	refuses(&p, &t, "NEW19A3731 needs 1 slots and runs over the end of Wed1");
	t.places[27] = (struct timetable_place){0, 0, UINT32_MAX};
	refuses(&p, &t, "NEW19A3731 needs 1 slots and runs over the end of Wed1");
	t.places[27] = (struct timetable_place){0, 0, 1};
	refuses(&p, &t, "NEW19A3731 and NEW19A3747 are in one slot of Steelhouse LT, Wed1");
	t.places[27] = (struct timetable_place){0, 1, 0};
	refuses(&p, &t, "NEW19A3731 is of Optimisation, but in Stafford 1 Wed1 there is Education");
	t.places[27] = (struct timetable_place){0, 0, 0};
	assert_int_equal(value_of(&p, &t).value, 2);
	t.track[1] = 99;
	refuses(&p, &t, "Stafford 1 in Wed1 holds a track that does not exist");
	t.track[1] = 0;
	p.is_shut = memcpy(arena_alloc(arena, 16), "\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
	refuses(&p, &t, "Education is in Stafford 1 in Wed1, which is shut");
}

static void a_solution_owns_its_timetable(void **state)
{
	(void)state;
	struct timetable_problem p = problem_of("N2OR");
	struct timetable t = published("N2OR.published-exact", &p);
	struct timetable_solution s = value_of(&p, &t);

	t.track[0] = 7;
	t.places[0].slot = 7;
	assert_int_equal(value_of(&p, &s.timetable).value, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			published_timetables_have_their_values, setup, teardown),
		cmocka_unit_test_setup_teardown(
			every_penalty_is_counted_as_the_other_evaluator_does, setup, teardown),
		cmocka_unit_test_setup_teardown(broken_hard_rules_are_named, setup, teardown),
		cmocka_unit_test_setup_teardown(a_solution_owns_its_timetable, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

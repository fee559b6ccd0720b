/* The value of a timetable: published ones, and every penalty by itself. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			published_timetables_have_their_values, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

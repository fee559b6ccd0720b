/* Instance files of reviewer assignment: what is read, exactly, and how what is wrong is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "optimise/assign.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#define HEAD "{\"format\":\"review-1\",\"reviewers\":3,\"papers\":2,"
#define LISTS                                                                                      \
	"\"reviews_per_paper\":[2,1],\"max_load\":[1,2,2],\"min_load\":[0,0,1],\"conflicts\":[[2," \
	"0]]"
#define PLAIN HEAD LISTS "}"

static struct assign_problem read_right(struct str json, struct str csv)
{
	struct assign_problem p;
	struct err err = err_in(arena);
	enum rc rc = assign_read(arena, json, csv, &p, &err);
	if (rc != OK)
		fail_msg("%s", err.message);
	return p;
}

static void refuses(struct str json, struct str csv, const char *message)
{
	struct assign_problem p;
	struct err err = err_in(arena);
	assert_int_equal(assign_read(arena, json, csv, &p, &err), INVALID);
	assert_string_equal(err.message, message);
}

static void both_files_are_read(void **state)
{
	(void)state;
	struct assign_problem p = read_right(STR(PLAIN), STR("# reviewer,paper,affinity\n"
							     "0,0,0.5\r\n"
							     "\n"
							     "1,0,1\n"
							     "# again\n"
							     "1,1,0.000001\n"
							     "2,1,1000"));
	static const int32_t affinity[] = {500000, 1000000, ASSIGN_BARRED, 0, 1, 1000000000};
	static const uint32_t wanted[] = {2, 1}, most[] = {1, 2, 2}, least[] = {0, 0, 1};
	assert_int_equal(p.n_papers, 2);
	assert_int_equal(p.n_reviewers, 3);
	assert_memory_equal(p.affinity, affinity, sizeof affinity);
	assert_memory_equal(p.wanted, wanted, sizeof wanted);
	assert_memory_equal(p.max_load, most, sizeof most);
	assert_memory_equal(p.min_load, least, sizeof least);
	assert_int_equal(p.per_organisation, 0);
	assert_null(p.organisation);
	assert_int_equal(p.n_kept, 0);
}

static void organisations_and_kept_pairs_are_read(void **state)
{
	(void)state;
	struct assign_problem p =
		read_right(STR(HEAD LISTS ",\"organisations\":[7,-1,7],\"per_organisation\":1,"
					  "\"kept\":[[2,0],[1,1]]}"),
			STR(""));
	static const uint32_t organisation[] = {7, ASSIGN_NO_ORGANISATION, 7};
	assert_memory_equal(p.organisation, organisation, sizeof organisation);
	assert_int_equal(p.per_organisation, 1);
	assert_int_equal(p.n_kept, 2);
	assert_int_equal(p.kept[0].reviewer, 2);
	assert_int_equal(p.kept[0].paper, 0);
	assert_int_equal(p.kept[1].reviewer, 1);
	assert_int_equal(p.kept[1].paper, 1);
}

/* Not what a double would make of them: 0.29 * 1000000 is 289999.99... */
static void affinities_are_exact(void **state)
{
	(void)state;
	struct assign_problem p = read_right(
		STR(PLAIN), STR("0,0,0.29\n1,0,0.57\n0,1,1.15\n1,1,0.000000\n2,1,0.12345600\n"));
	static const int32_t affinity[] = {290000, 570000, ASSIGN_BARRED, 1150000, 0, 123456};
	assert_memory_equal(p.affinity, affinity, sizeof affinity);
}

static void a_conflict_outlasts_an_affinity(void **state)
{
	(void)state;
	struct assign_problem p = read_right(STR(PLAIN), STR("2,0,0.9\n"));
	assert_int_equal(p.affinity[2], ASSIGN_BARRED);
}

static void wrong_rows_are_named_by_line(void **state)
{
	(void)state;
	static const struct {
		const char *csv, *message;
	} rows[] = {
		{"# x\n0,0,0.1\n3,0,0.1\n", "line 3: there are only 3 reviewers, numbered from 0"},
		{"0,2,0.1\n", "line 1: there are only 2 papers, numbered from 0"},
		{"99999999999999999999,0,0.1\n",
			"line 1: there are only 3 reviewers, numbered from 0"},
		{"0,0,0.1\n1,0,0.1\n0,0,0.1\n", "line 3: reviewer 0 and paper 0 were there before"},
		{"0,0,-0.1\n", "line 1: an affinity cannot be negative"},
		{"-1,0,0.1\n", "line 1: the number of a reviewer is wanted"},
		{"a,0,0.1\n", "line 1: the number of a reviewer is wanted"},
		{"0,,0.1\n", "line 1: the number of a paper is wanted"},
		{"0,0,x\n", "line 1: an affinity is wanted"},
		{"0,0,nan\n", "line 1: an affinity is wanted"},
		{"0,0,.5\n", "line 1: an affinity is wanted"},
		{"0,0,1e3\n", "line 1: nothing may follow the affinity"},
		{"0,0,0.1,7\n", "line 1: nothing may follow the affinity"},
		{"0,0,0.1\n0,1,0.2 \n", "line 2: nothing may follow the affinity"},
		{"0,0,1000.000001\n", "line 1: an affinity is at most 1000"},
		{"0,0,99999999999999999999999\n", "line 1: an affinity is at most 1000"},
		{"0,0,0.1234567\n", "line 1: an affinity has at most six decimals"},
		{"0,0,0.\n", "line 1: the affinity ends early"},
		{"0,0,0.1\n0,1,", "line 2: an affinity is wanted"},
		{"0,0,0.1\n0,1", "line 2: reviewer,paper,affinity is wanted"},
		{"\r0,0,0.1\n", "line 1: reviewer,paper,affinity is wanted"},
		{"0,0,0.1\r0,1,0.1\n", "line 1: nothing may follow the affinity"},
		{"0,0,0.1\n0", "line 2: reviewer,paper,affinity is wanted"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		refuses(STR(PLAIN), str_from(rows[i].csv), rows[i].message);
}

static void wrong_members_are_named_by_key(void **state)
{
	(void)state;
	static const struct {
		const char *json, *message;
	} files[] = {
		{"{\"format\":\"review-2\"}", "format: \"review-1\" is wanted"},
		{"{\"format\":\"review-1\"}", "reviewers: is missing"},
		{"{\"format\":\"review-1\",\"reviewers\":10001}",
			"reviewers: 10001 is more than 10000"},
		{"{\"format\":\"review-1\",\"reviewers\":1,\"papers\":20001}",
			"papers: 20001 is more than 20000"},
		{"{\"format\":\"review-1\",\"reviewers\":10000,\"papers\":20000}",
			"the file: 20000 papers by 10000 reviewers are more than 100000000 pairs"},
		{"{\"format\":\"review-1\",\"reviewers\":0,\"papers\":2}",
			"reviewers: 0 is less than 1"},
		{"{\"format\":\"review-1\",\"reviewers\":1.5,\"papers\":2}",
			"reviewers: a whole number is wanted"},
		{HEAD "\"reviews_per_paper\":[1]}",
			"reviews_per_paper: has 1 entries, 2 are wanted"},
		{HEAD "\"reviews_per_paper\":[1,1,1]}",
			"reviews_per_paper: has 3 entries, at most 2 are possible"},
		{HEAD "\"reviews_per_paper\":[1,-1]}", "reviews_per_paper[1]: -1 is less than 0"},
		{HEAD "\"reviews_per_paper\":[1,\"1\"]}",
			"reviews_per_paper[1]: a whole number is wanted"},
		{HEAD "\"reviews_per_paper\":[1,1],\"max_load\":[1,1,1],\"min_load\":[0,0,0]}",
			"conflicts: is missing"},
		{HEAD "\"reviews_per_paper\":[1,1],\"max_load\":[1,1,1],\"min_load\":[0,0,0],"
		      "\"conflicts\":[[0,1],[3,1]]}",
			"conflicts[1][0]: 3 is more than 2"},
		{HEAD "\"reviews_per_paper\":[1,1],\"max_load\":[1,1,1],\"min_load\":[0,0,0],"
		      "\"conflicts\":[[0]]}",
			"conflicts[0]: a reviewer and a paper are wanted"},
		{HEAD LISTS ",\"per_organisation\":1}", "organisations: is missing"},
		{HEAD LISTS ",\"organisations\":[1,1,1]}", "per_organisation: is missing"},
		{HEAD LISTS ",\"organisations\":[1,1],\"per_organisation\":1}",
			"organisations: has 2 entries, 3 are wanted"},
		{HEAD LISTS ",\"organisations\":[1,1,-2],\"per_organisation\":1}",
			"organisations[2]: -2 is less than -1"},
		{HEAD LISTS ",\"kept\":[[0,1],[0,1]]}", "kept[1]: is there twice"},
		{HEAD LISTS ",\"kept\":[[0,2]]}", "kept[0][1]: 2 is more than 1"},
	};
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		refuses(str_from(files[i].json), STR(""), files[i].message);
}

static void every_cut_of_a_file_is_refused(void **state)
{
	(void)state;
	struct assign_problem p;
	for (size_t n = 0; n + 1 < sizeof PLAIN; n++) {
		struct err err = err_in(arena);
		assert_int_equal(
			assign_read(arena, (struct str){PLAIN, n}, STR(""), &p, &err), INVALID);
	}
}

static void a_file_in_parts_is_the_same_however_it_is_cut(void **state)
{
	(void)state;
	struct str csv = STR("# a comment\r\n0,0,0.5\r\n\n1,1,1\n2,1,0.25");
	struct assign_problem whole = read_right(STR(PLAIN), csv), p;
	for (size_t first = 0; first <= csv.n; first++) {
		for (size_t second = first; second <= csv.n; second++) {
			struct err err = err_in(arena);
			assert_int_equal(assign_read_json(arena, STR(PLAIN), &p, &err), OK);
			struct assign_rows *rows = assign_rows_new(&p);
			struct str parts[] = {{csv.p, first}, {csv.p + first, second - first},
				{csv.p + second, csv.n - second}};
			for (int i = 0; i < 3; i++)
				assert_int_equal(assign_rows_add(rows, parts[i], &err), OK);
			assert_int_equal(assign_rows_end(rows, &err), OK);
			assert_memory_equal(p.affinity, whole.affinity, 6 * sizeof *p.affinity);
			assign_rows_free(rows);
		}
	}
}

static void the_line_is_named_in_whichever_part_it_stands(void **state)
{
	(void)state;
	struct assign_problem p;
	struct err err = err_in(arena);
	assert_int_equal(assign_read_json(arena, STR(PLAIN), &p, &err), OK);
	struct assign_rows *rows = assign_rows_new(&p);
	assert_int_equal(assign_rows_add(rows, STR("0,0,1\n0,1"), &err), OK);
	assert_int_equal(assign_rows_add(rows, STR(",1\n1,"), &err), OK);
	assert_int_equal(assign_rows_end(rows, &err), INVALID);
	assert_string_equal(err.message, "line 3: the number of a paper is wanted");
	err_clear(&err);
	assign_rows_free(rows);
	rows = assign_rows_new(&p);
	char *comment = arena_alloc(arena, 1001);
	memset(comment, '#', 1000);
	assert_int_equal(assign_rows_add(rows, STR("0,0,1\n"), &err), OK);
	assert_int_equal(assign_rows_add(rows, (struct str){comment, 1000}, &err), OK);
	assert_int_equal(assign_rows_add(rows, STR("#"), &err), INVALID);
	assert_string_equal(err.message, "line 2: is longer than 1000 bytes");
	assign_rows_free(rows);
}

static void a_solution_is_a_line_a_pair(void **state)
{
	(void)state;
	struct assign_pair pairs[] = {{.paper = 0, .reviewer = 4}, {.paper = 12, .reviewer = 0}};
	struct assign_solution s = {.pairs = pairs, .n_pairs = 2};
	struct buf out = buf_in(arena, 1000);
	assign_write(&s, &out);
	assert_string_equal(buf_cstr(&out), "reviewer,paper\n4,0\n0,12\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_files_are_read),
		cmocka_unit_test(organisations_and_kept_pairs_are_read),
		cmocka_unit_test(affinities_are_exact),
		cmocka_unit_test(a_conflict_outlasts_an_affinity),
		cmocka_unit_test(wrong_rows_are_named_by_line),
		cmocka_unit_test(wrong_members_are_named_by_key),
		cmocka_unit_test(every_cut_of_a_file_is_refused),
		cmocka_unit_test(a_file_in_parts_is_the_same_however_it_is_cut),
		cmocka_unit_test(the_line_is_named_in_whichever_part_it_stands),
		cmocka_unit_test(a_solution_is_a_line_a_pair),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

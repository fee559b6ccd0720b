/*
 * The assignment of the highest total against another solver: GLPK (package glpk-utils) on the
 * plain linear program, a variable for every pair, on random problems with every kind of rule, too
 * large to try everything.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "optimise/assign.h"
#include "optimise/rng.h"

extern char **environ;

struct shape {
	uint32_t max_papers, max_reviewers;
	bool is_alike; /* all papers like the same reviewers */
	uint64_t first_seed;
	uint64_t n_problems;
};

/* ---- problems ---- */

static int32_t drawn_affinity(struct rng *r, const struct shape *shape, uint32_t reviewer)
{
	if (rng_below(r, 8) == 0)
		return ASSIGN_BARRED;
	if (shape->is_alike)
		return (int32_t)(rng_below(r, 9000) + 9000 * (shape->max_reviewers - reviewer));
	/* ties and zeros, too */
	return rng_below(r, 4) == 0 ? 0 : (int32_t)rng_below(r, 100) * 10000;
}

/* About half of them can be satisfied. */
static struct assign_problem drawn(struct arena *a, struct rng *r, const struct shape *shape)
{
	struct assign_problem p = {.n_papers = 1 + rng_below(r, shape->max_papers),
		.n_reviewers = 1 + rng_below(r, shape->max_reviewers)};
	if (shape->is_alike) {
		p.n_papers = shape->max_papers;
		p.n_reviewers = shape->max_reviewers;
	}
	uint32_t *organisation = ARENA_ARRAY(a, p.n_reviewers, uint32_t);
	struct assign_pair *kept = ARENA_ARRAY(a, 4, struct assign_pair);
	uint32_t wanted = 1 + rng_below(r, 3), n_orgs = 1 + p.n_reviewers / 3;
	uint32_t load = p.n_papers * wanted / p.n_reviewers + 1 + rng_below(r, 3);
	p.affinity = ARENA_ARRAY(a, (size_t)p.n_papers * p.n_reviewers, int32_t);
	p.wanted = ARENA_ARRAY(a, p.n_papers, uint32_t);
	p.min_load = ARENA_ARRAY(a, p.n_reviewers, uint32_t);
	p.max_load = ARENA_ARRAY(a, p.n_reviewers, uint32_t);
	for (uint32_t i = 0; i < p.n_papers; i++) {
		p.wanted[i] = wanted + (rng_below(r, 10) == 0);
		for (uint32_t k = 0; k < p.n_reviewers; k++)
			p.affinity[i * p.n_reviewers + k] = drawn_affinity(r, shape, k);
	}
	bool has_least = rng_below(r, 2) == 0;
	for (uint32_t k = 0; k < p.n_reviewers; k++) {
		p.max_load[k] = load + rng_below(r, 2);
		p.min_load[k] = has_least ? rng_below(r, p.max_load[k]) : 0;
		organisation[k] =
			rng_below(r, 4) == 0 ? ASSIGN_NO_ORGANISATION : rng_below(r, n_orgs) * 7;
	}
	p.organisation = organisation;
	p.per_organisation = rng_below(r, 3);
	for (uint32_t n = rng_below(r, 4); p.n_kept < n; p.n_kept++)
		kept[p.n_kept] =
			(struct assign_pair){rng_below(r, p.n_papers), rng_below(r, p.n_reviewers)};
	p.kept = kept;
	return p;
}

/* ---- as a linear program ---- */

static bool is_kept(const struct assign_problem *p, uint32_t paper, uint32_t reviewer)
{
	for (size_t i = 0; i < p->n_kept; i++)
		if (p->kept[i].paper == paper && p->kept[i].reviewer == reviewer)
			return true;
	return false;
}

static int32_t affinity_of(const struct assign_problem *p, uint32_t paper, uint32_t reviewer)
{
	return p->affinity[paper * p->n_reviewers + reviewer];
}

/* `none` is a variable that is 0, for sums of nothing. */
static void write_paper(const struct assign_problem *p, uint32_t paper, FILE *f)
{
	fprintf(f, "\n none");
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		fprintf(f, "\n + x%u_%u", paper, r);
	fprintf(f, " = %u", p->wanted[paper]);
	for (uint32_t r = 0; r < p->n_reviewers && p->per_organisation > 0; r++) {
		if (p->organisation[r] == ASSIGN_NO_ORGANISATION)
			continue;
		fprintf(f, "\n none");
		for (uint32_t k = 0; k < p->n_reviewers; k++)
			if (p->organisation[k] == p->organisation[r])
				fprintf(f, "\n + x%u_%u", paper, k);
		fprintf(f, " <= %u", p->per_organisation);
	}
}

static void write_program(const struct assign_problem *p, FILE *f)
{
	fprintf(f, "Maximize\n total: none");
	for (uint32_t i = 0; i < p->n_papers; i++)
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (affinity_of(p, i, r) != ASSIGN_BARRED)
				fprintf(f, "\n + %d x%u_%u", affinity_of(p, i, r), i, r);
	fprintf(f, "\nSubject To");
	for (uint32_t i = 0; i < p->n_papers; i++)
		write_paper(p, i, f);
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		for (int is_least = 0; is_least < 2; is_least++) {
			fprintf(f, "\n none");
			for (uint32_t i = 0; i < p->n_papers; i++)
				fprintf(f, "\n + x%u_%u", i, r);
			fprintf(f, is_least ? " >= %u" : " <= %u",
				is_least ? p->min_load[r] : p->max_load[r]);
		}
	fprintf(f, "\nBounds\n none = 0");
	for (uint32_t i = 0; i < p->n_papers; i++)
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (is_kept(p, i, r))
				fprintf(f, "\n x%u_%u = 1", i, r);
			else
				fprintf(f, "\n 0 <= x%u_%u <= %d", i, r,
					affinity_of(p, i, r) != ASSIGN_BARRED);
	fprintf(f, "\nEnd\n");
}

static void run_glpsol(char *program, char *answer)
{
	char *const args[] = {(char[]){"glpsol"}, (char[]){"--nopresol"}, (char[]){"--lp"}, program,
		(char[]){"--write"}, answer, NULL};
	posix_spawn_file_actions_t quiet;
	pid_t child;
	int status;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&child, "glpsol", &quiet, NULL, args, environ) != 0)
		fail_msg("glpsol is missing: it is of the package glpk-utils");
	posix_spawn_file_actions_destroy(&quiet);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/*
 * The line "s bas ROWS COLUMNS PRIMAL DUAL VALUE": f is feasible, so f f is an optimum. False where
 * it says that there is no solution.
 */
static bool read_answer(const char *answer, int64_t *total)
{
	char line[300];
	bool is_found = false, is_possible = false;
	FILE *f = fopen(answer, "r");

	assert_non_null(f);
	while (!is_found && fgets(line, sizeof line, f)) {
		struct str rest = str_trim(str_from(line)), words[7] = {0};
		double value;
		if (!str_starts_with(rest, STR("s bas ")))
			continue;
		for (int i = 0; i < 7; i++)
			words[i] = str_cut(&rest, ' ');
		is_found = true;
		is_possible = str_is(words[4], "f");
		assert_true(is_possible ? str_is(words[5], "f")
					: str_is(words[4], "n") || str_is(words[4], "i"));
		if (is_possible) {
			assert_true(str_to_double(words[6], &value));
			*total = (int64_t)(value + 0.5);
		}
	}
	fclose(f);
	assert_true(is_found);
	return is_possible;
}

static bool oracle(const struct assign_problem *p, const char *folder, int64_t *total)
{
	char program[200], answer[200];

	snprintf(program, sizeof program, "%s/program.lp", folder);
	snprintf(answer, sizeof answer, "%s/answer.txt", folder);
	FILE *f = fopen(program, "w");
	assert_non_null(f);
	write_program(p, f);
	fclose(f);
	run_glpsol(program, answer);
	bool is_possible = read_answer(answer, total);
	unlink(program);
	unlink(answer);
	return is_possible;
}

/* ---- tests ---- */

/* How many of the problems had a solution. */
static uint64_t compared(const struct shape *shape)
{
	char folder[] = "/tmp/assign-oracle-XXXXXX";
	uint64_t n_possible = 0;

	assert_non_null(mkdtemp(folder));
	for (uint64_t i = 0; i < shape->n_problems; i++) {
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct assign_solution s;
		struct rng r;
		int64_t total = 0;
		rng_seed(&r, shape->first_seed + i);
		struct assign_problem p = drawn(a, &r, shape);
		bool is_possible = oracle(&p, folder, &total);
		enum rc rc = assign_best(a, &p, NULL, &s, &err);
		assert_int_equal(rc, is_possible ? OK : CONFLICT);
		if (is_possible) {
			assert_int_equal(s.total, total);
			assert_true(s.is_certified);
			n_possible++;
		}
		arena_free(a);
	}
	rmdir(folder);
	return n_possible;
}

static void problems_of_every_kind_have_the_same_answer(void **state)
{
	(void)state;
	struct shape shape = {
		.max_papers = 14, .max_reviewers = 12, .first_seed = 1, .n_problems = 190};
	assert_in_range(compared(&shape), 50, 150);
}

/* More reviewers than the first list holds of a paper, and the best of them wanted by all. */
static void problems_beyond_the_first_list_have_the_same_answer(void **state)
{
	(void)state;
	struct shape shape = {.max_papers = 40,
		.max_reviewers = 60,
		.is_alike = true,
		.first_seed = 1000,
		.n_problems = 10};
	assert_in_range(compared(&shape), 3, 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(problems_of_every_kind_have_the_same_answer),
		cmocka_unit_test(problems_beyond_the_first_list_have_the_same_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The exact allocation against another solver: GLPK on the plain integer program (a variable for
 * every attendee and offering), on random problems with repeats, too large to try everything.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "allocate_world.h"

extern char **environ;

static void write_objective(const struct allocate_problem *p, FILE *f)
{
	fprintf(f, "Maximize\n value:");
	for (uint32_t i = 0; i < p->n_attendees; i++) {
		fprintf(f, "\n + 10000 n%u_0 + 1000 n%u_1 + 100 n%u_2", i, i, i);
		for (uint32_t o = 0; o < p->n_offerings; o++) {
			uint32_t rank = world_rank(p, i, o);
			if (rank != ALLOCATE_NONE)
				fprintf(f, "\n %+d x%u_%u", 8 - (int)rank, i, o);
		}
	}
}

/* The sum of an attendee's seats of one slot or class is at most 1. */
static void write_at_most_one(
	const struct allocate_problem *p, uint32_t i, bool is_slot, uint32_t which, FILE *f)
{
	fprintf(f, "\n 0 none");
	for (uint32_t o = 0; o < p->n_offerings; o++)
		if ((is_slot ? p->offerings[o].slot : p->offerings[o].class_id) == which &&
			world_rank(p, i, o) != ALLOCATE_NONE)
			fprintf(f, " + x%u_%u", i, o);
	fprintf(f, " <= %d", is_slot && p->attendees[i].busy >> which & 1 ? 0 : 1);
}

static void write_attendee(const struct allocate_problem *p, uint32_t i, FILE *f)
{
	fprintf(f, "\n 0 none");
	for (uint32_t o = 0; o < p->n_offerings; o++)
		if (world_rank(p, i, o) != ALLOCATE_NONE)
			fprintf(f, " + x%u_%u", i, o);
	for (uint32_t k = 0; k < p->attendees[i].want; k++)
		fprintf(f, " - n%u_%u", i, k);
	fprintf(f, " = 0");
	for (uint32_t slot = 0; slot < p->n_slots; slot++)
		write_at_most_one(p, i, true, slot, f);
	for (uint32_t c = 0; c < p->n_classes; c++)
		write_at_most_one(p, i, false, c, f);
}

static void write_program(const struct allocate_problem *p, FILE *f)
{
	write_objective(p, f);
	fprintf(f, "\nSubject To");
	for (uint32_t i = 0; i < p->n_attendees; i++)
		write_attendee(p, i, f);
	for (uint32_t o = 0; o < p->n_offerings; o++) {
		fprintf(f, "\n 0 none");
		for (uint32_t i = 0; i < p->n_attendees; i++)
			if (world_rank(p, i, o) != ALLOCATE_NONE)
				fprintf(f, " + x%u_%u", i, o);
		fprintf(f, " <= %u", p->offerings[o].capacity);
	}
	fprintf(f, "\nBounds\n none = 0");
	for (uint32_t i = 0; i < p->n_attendees; i++)
		for (uint32_t k = 0; k < ALLOCATE_MAX_WANT; k++)
			fprintf(f, "\n 0 <= n%u_%u <= %d", i, k, k < p->attendees[i].want);
	fprintf(f, "\nBinaries");
	for (uint32_t i = 0; i < p->n_attendees; i++)
		for (uint32_t o = 0; o < p->n_offerings; o++)
			if (world_rank(p, i, o) != ALLOCATE_NONE)
				fprintf(f, "\n x%u_%u", i, o);
	fprintf(f, "\nEnd\n");
}

/* glpsol's objective; fails unless it says that this is optimal. */
static int64_t oracle(const struct allocate_problem *p, const char *folder)
{
	char program[200], answer[200], line[300];
	char *const args[] = {(char[]){"glpsol"}, (char[]){"--lp"}, program, (char[]){"-o"}, answer,
		(char[]){"--tmlim"}, (char[]){"20"}, NULL};
	posix_spawn_file_actions_t quiet;
	bool is_optimal = false;
	double value = 0;
	pid_t child;
	int status;

	snprintf(program, sizeof program, "%s/program.lp", folder);
	snprintf(answer, sizeof answer, "%s/answer.txt", folder);
	FILE *f = fopen(program, "w");
	assert_non_null(f);
	write_program(p, f);
	fclose(f);
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	assert_int_equal(posix_spawnp(&child, "glpsol", &quiet, NULL, args, environ), 0);
	posix_spawn_file_actions_destroy(&quiet);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	f = fopen(answer, "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		is_optimal = is_optimal || strstr(line, "INTEGER OPTIMAL");
		char *digits = strstr(line, "value = ");
		if (!digits)
			continue;
		digits += strlen("value = ");
		assert_true(str_to_double((struct str){digits, strcspn(digits, " ")}, &value));
	}
	fclose(f);
	unlink(program);
	unlink(answer);
	assert_true(is_optimal);
	return (int64_t)value;
}

static bool is_there(void)
{
	char *const args[] = {(char[]){"glpsol"}, (char[]){"--version"}, NULL};
	posix_spawn_file_actions_t quiet;
	pid_t child;
	int status = 1;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&child, "glpsol", &quiet, NULL, args, environ) == 0)
		waitpid(child, &status, 0);
	posix_spawn_file_actions_destroy(&quiet);
	return status == 0;
}

static void compare(const struct world_shape *shape, uint64_t n_worlds)
{
	char folder[] = "/tmp/allocate-oracle-XXXXXX";

	if (!is_there())
		skip(); /* glpsol is of the package glpk-utils */
	assert_non_null(mkdtemp(folder));
	for (uint64_t seed = 1; seed <= n_worlds; seed++) {
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct allocate_problem p = world_make(a, shape, seed);
		struct allocate_solution s;
		struct effort effort = {.seed = seed};
		effort_begin(&effort);
		assert_int_equal(allocate_exact(a, &p, &effort, &s, &err), OK);
		assert_int_equal(allocate_verify(&p, &s, &err), OK);
		assert_true(s.is_certified);
		assert_int_equal(s.value, oracle(&p, folder));
		arena_free(a);
	}
	rmdir(folder);
}

static void test_many_repeats_in_few_slots(void **state)
{
	struct world_shape shape = {.n_attendees = 40,
		.n_offerings = 15,
		.n_classes = 6,
		.n_slots = 4,
		.max_want = 3,
		.max_wishes = 5,
		.max_capacity = 6};

	(void)state;
	compare(&shape, 60);
}

static void test_few_repeats_in_many_slots(void **state)
{
	struct world_shape shape = {.n_attendees = 60,
		.n_offerings = 24,
		.n_classes = 20,
		.n_slots = 8,
		.max_want = 5,
		.max_wishes = 12,
		.max_capacity = 9};

	(void)state;
	compare(&shape, 30);
}

static void test_seats_for_hardly_anybody(void **state)
{
	struct world_shape shape = {.n_attendees = 80,
		.n_offerings = 12,
		.n_classes = 5,
		.n_slots = 3,
		.max_want = 3,
		.max_wishes = 5,
		.max_capacity = 5};

	(void)state;
	compare(&shape, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many_repeats_in_few_slots),
		cmocka_unit_test(test_few_repeats_in_many_slots),
		cmocka_unit_test(test_seats_for_hardly_anybody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

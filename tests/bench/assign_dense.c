/*
 * The exact assignment of a dense instance: CPU seconds and the most memory held, the instance
 * included, with the certificate checked.
 *
 *   assign_dense uniform|topics|bids|alike PAPERS REVIEWERS WANTED MAX_LOAD [MIN_LOAD [SEED]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "assign_instance.h"

enum { FAIR_SECONDS = 60 };

static double cpu_s(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	return (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6;
}

static double most_memory_mib(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	return (double)used.ru_maxrss / 1024;
}

static uint32_t number(int argc, char **argv, int i, uint32_t otherwise)
{
	int64_t value;

	if (i >= argc)
		return otherwise;
	if (!str_to_i64(str_from(argv[i]), &value) || value < 0 || value > 100000) {
		fprintf(stderr, "assign_dense: %s is no number from 0 to 100000\n", argv[i]);
		exit(2);
	}
	return (uint32_t)value;
}

static enum assign_kind kind_of(const char *word)
{
	static const char *const words[] = {[ASSIGN_UNIFORM] = "uniform",
		[ASSIGN_TOPICS] = "topics",
		[ASSIGN_BIDS] = "bids",
		[ASSIGN_ALIKE] = "alike"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(word, words[i]) == 0)
			return (enum assign_kind)i;
	fprintf(stderr, "assign_dense: %s is no kind of instance\n", word);
	exit(2);
}

static void measure(struct arena *a, const char *kind, const struct assign_problem *p,
	struct assign_solution *out, bool is_fair)
{
	struct err err = err_in(a);
	struct effort effort = {.seconds = FAIR_SECONDS, .seed = 1};
	double began = cpu_s();
	enum rc rc;

	effort_begin(&effort);
	rc = is_fair ? assign_maximin(a, p, &effort, out, &err)
		     : assign_best(a, p, NULL, out, &err);
	double took = cpu_s() - began;
	if (rc != OK) {
		printf("%s: %s after %.2f s\n", rc_name(rc), err.message, took);
		exit(1);
	}
	printf("%s %u x %u: ", kind, p->n_papers, p->n_reviewers);
	if (is_fair)
		printf("lowest paper %.6f, at most %.6f (%.2f %% below), ",
			(double)out->min_paper / ASSIGN_UNIT,
			(double)out->min_paper_bound / ASSIGN_UNIT,
			100 - 100.0 * (double)out->min_paper / (double)out->min_paper_bound);
	else
		printf("%s, ", out->is_certified ? "certified" : "NOT CERTIFIED");
	printf("total %.6f, %.2f s CPU, %.0f MiB\n", (double)out->total / ASSIGN_UNIT, took,
		most_memory_mib());
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct assign_problem problem;
	struct assign_solution solution;

	if (argc < 6) {
		fputs("usage: assign_dense uniform|topics|bids|alike PAPERS REVIEWERS WANTED "
		      "MAX_LOAD "
		      "[MIN_LOAD [SEED [fair]]]\n",
			stderr);
		return 2;
	}
	struct assign_shape shape = {
		.kind = kind_of(argv[1]),
		.n_papers = number(argc, argv, 2, 0),
		.n_reviewers = number(argc, argv, 3, 0),
		.wanted = number(argc, argv, 4, 0),
		.max_load = number(argc, argv, 5, 0),
		.min_load = number(argc, argv, 6, 0),
		.seed = number(argc, argv, 7, 1),
	};
	bool is_fair = argc > 8 && strcmp(argv[8], "fair") == 0;

	assign_instance_make(a, &shape, &problem);
	measure(a, argv[1], &problem, &solution, is_fair);
	arena_free(a);
	return is_fair || solution.is_certified ? 0 : 1;
}

/*
 * How good a timetable the search finds, and how soon.
 *   timetable_quality SECONDS SEEDS FILE.json[=SOFT,STRICT] ...
 * One line for each file, regime and seed: the value, what it breaks of the strict regime, CPU
 * seconds, when the best was reached, and when the goal (the value behind the '=') was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <math.h>
#include "optimise/timetable.h"

struct watch {
	int64_t goal; /* INT64_MIN: none */
	double best, best_s, goal_s;
};

static double cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double begun_s;

static bool watch(void *arg, const struct effort_state *state)
{
	struct watch *w = arg;

	if (isnan(state->value))
		return true;
	if (isnan(w->best) || state->value < w->best) {
		w->best = state->value;
		w->best_s = cpu_s() - begun_s;
	}
	if (isnan(w->goal_s) && w->goal != INT64_MIN && state->value <= (double)w->goal)
		w->goal_s = cpu_s() - begun_s;
	return true;
}

static struct str read_file(struct arena *a, const char *path)
{
	struct buf b = buf_in(a, 64 << 20);
	char piece[65536];
	FILE *f = fopen(path, "rb");

	if (!f) {
		perror(path);
		exit(1);
	}
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_add(&b, piece, n);
	fclose(f);
	return (struct str){b.p, b.n};
}

static void report(const struct timetable_problem *p, bool is_strict, double seconds, uint64_t seed,
	int64_t goal)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct timetable_solution s;
	struct watch w = {.goal = goal, .best = NAN, .best_s = NAN, .goal_s = NAN};
	struct effort effort = {.seconds = seconds, .seed = seed, .tell = watch, .arg = &w};

	effort_begin(&effort);
	begun_s = cpu_s();
	enum rc rc = timetable_solve(
		a, p, &(struct timetable_wish){.is_strict = is_strict}, &effort, &s, &err);
	double spent = cpu_s() - begun_s;
	printf("%-16s %-6s seed %llu ", p->name, is_strict ? "strict" : "soft",
		(unsigned long long)seed);
	if (rc != OK) {
		printf("%s: %s\n", rc_name(rc), err.message);
	} else {
		if (isnan(w.goal_s) && goal != INT64_MIN && s.value <= goal)
			w.goal_s = spent;
		printf("value %lld forbidden %u cpu %.1f s, elapsed %.1f s%s, best about %.1f s",
			(long long)s.value, s.n_forbidden, spent, effort_elapsed_s(&effort),
			effort.is_cut ? " (cut)" : "", w.best_s);
		if (goal != INT64_MIN)
			printf(", goal %lld %s %.1f s", (long long)goal,
				isnan(w.goal_s) ? "missed" : "about", w.goal_s);
		putchar('\n');
	}
	fflush(stdout);
	arena_free(a);
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fputs("timetable_quality SECONDS SEEDS FILE.json[=SOFT,STRICT] ...\n", stderr);
		return 2;
	}
	for (int k = 3; k < argc; k++) {
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct timetable_problem p;
		int64_t goals[2] = {INT64_MIN, INT64_MIN};
		char *path = argv[k], *goal = strchr(path, '=');
		if (goal) {
			long long soft, strict;
			*goal++ = '\0';
			if (sscanf(goal, "%lld,%lld", &soft, &strict) == 2) {
				goals[0] = soft;
				goals[1] = strict;
			}
		}
		if (timetable_read(a, read_file(a, path), &p, &err) != OK) {
			fprintf(stderr, "%s: %s\n", path, err.message);
			return 1;
		}
		for (int strict = 0; strict < 2; strict++)
			for (int seed = 1; seed <= atoi(argv[2]); seed++)
				report(&p, strict, atof(argv[1]), (uint64_t)seed, goals[strict]);
		arena_free(a);
	}
	return 0;
}

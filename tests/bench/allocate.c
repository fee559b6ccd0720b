/*
 * Seats for a large conference: ten thousand attendees, a hundred offerings. CPU seconds of the
 * exact allocation and its proof, and of the chains when a seat of each offering becomes free.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include "tests/unit/allocate_conference.h"

static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void must(enum rc rc, const struct err *err)
{
	if (rc == OK)
		return;
	fprintf(stderr, "%s\n", err->message ? err->message : rc_name(rc));
	exit(1);
}

static void measure_chains(
	const struct allocate_problem *p, const struct allocate_solution *s, const char *of)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	double sum = 0, worst = 0;

	for (uint32_t o = 0; o < p->n_offerings; o++) {
		struct allocate_chain chain;
		double from = cpu_ms(), ms;
		must(allocate_chain(a, p, s->seats, s->n_seats, o, ALLOCATE_NONE,
			     ALLOCATE_IMPROVING, 5, &chain, &err),
			&err);
		ms = cpu_ms() - from;
		sum += ms;
		worst = ms > worst ? ms : worst;
	}
	printf("chains after the %s: %.1f ms on average, %.1f ms at most (goal 5)\n", of,
		sum / p->n_offerings, worst);
	arena_free(a);
}

int main(void)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct allocate_problem p = conference_make(a);
	struct effort effort = {.seed = 1};
	struct allocate_solution exact, draft;
	struct rusage usage;

	must(allocate_draft(a, &p, 1, &draft, &err), &err);
	effort_begin(&effort);
	double from = cpu_ms();
	must(allocate_exact(a, &p, &effort, &exact, &err), &err);
	double solved = cpu_ms();
	must(allocate_verify(&p, &exact, &err), &err);
	double verified = cpu_ms();
	getrusage(RUSAGE_SELF, &usage);
	printf("allocate 10000 x 100: %lld, %s, %.2f s CPU (goal 20), verified in %.0f ms, %.0f "
	       "MiB; "
	       "without a seat %u, by lot %u\n",
		(long long)exact.value, exact.is_certified ? "certified" : "NOT certified",
		(solved - from) / 1e3, verified - solved, (double)usage.ru_maxrss / 1024,
		exact.counts.n_without, draft.counts.n_without);
	measure_chains(&p, &exact, "exact allocation");
	measure_chains(&p, &draft, "draft");
	arena_free(a);
	return 0;
}

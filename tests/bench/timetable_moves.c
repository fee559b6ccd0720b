/*
 * What a move of the timetable's search costs: every kind as often as every other, evaluated, and
 * taken back. (The search itself tries the cheap ones more often.)
 *   timetable_moves FILE.json ...
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "optimise/timetable_construct.h"

enum { N_MOVES = 200000 };

static double cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static struct str read_file(struct arena *a, const char *path)
{
	struct buf b = buf_in(a, 64 << 20);
	char part[1 << 14];
	FILE *f = fopen(path, "rb");

	if (!f) {
		perror(path);
		exit(1);
	}
	for (size_t n; (n = fread(part, 1, sizeof(part), f)) > 0;)
		buf_add(&b, part, n);
	fclose(f);
	return buf_view(&b);
}

static void measure(const struct timetable_problem *p, bool is_strict)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct timetable_state *s;
	struct rng rng;
	uint32_t n_done = 0;

	rng_seed(&rng, 1);
	if (timetable_state_new(a, timetable_tables_of(a, p, is_strict), NULL, &s, &err) != OK) {
		fprintf(stderr, "%s\n", err.message);
		exit(1);
	}
	struct timetable_mover mover = timetable_mover_of(a, s, &rng);
	timetable_construct(&mover);
	int64_t total = timetable_state_total(s);
	double from = cpu_us();
	for (uint32_t k = 0; k < N_MOVES; k++) {
		n_done += timetable_move(&mover, (enum timetable_move)(k % TIMETABLE_N_MOVES));
		timetable_state_undo(s);
	}
	double each = (cpu_us() - from) / N_MOVES;
	printf("%-16s %-6s %.2f microseconds a move (goal 10), %u of %d did something%s\n", p->name,
		is_strict ? "strict" : "soft", each, n_done, N_MOVES,
		timetable_state_total(s) == total ? "" : "; THE ACCOUNTS ARE WRONG");
	arena_free(a);
}

int main(int argc, char **argv)
{
	for (int k = 1; k < argc; k++) {
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct timetable_problem p;
		if (timetable_read(a, read_file(a, argv[k]), &p, &err) != OK) {
			fprintf(stderr, "%s: %s\n", argv[k], err.message);
			return 1;
		}
		measure(&p, false);
		measure(&p, true);
		arena_free(a);
	}
	return 0;
}

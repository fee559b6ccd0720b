#include "optimise/assign_candidates.h"

#include <stdlib.h>
#include <string.h>

enum {
	ALL_UP_TO = 256,   /* reviewers: so few, and everybody is a candidate */
	PER_PAPER = 96,    /* else the best of each paper ... */
	PER_REVIEWER = 24, /* ... and of each reviewer */
};

int64_t assign_value(const struct assign_problem *p, uint32_t paper, uint32_t reviewer)
{
	int32_t v = p->affinity[(size_t)paper * p->n_reviewers + reviewer];

	return v == ASSIGN_BARRED ? 0 : v;
}

struct rated {
	int32_t value;
	uint32_t id;
};

static int by_fit(const void *x, const void *y)
{
	const struct rated *a = x, *b = y;

	if (a->value != b->value)
		return a->value < b->value ? 1 : -1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* ---- the best few of many: a heap with the lowest of them on top ---- */

struct best {
	struct rated *items;
	uint32_t n, max;
};

/* Among equal values the one that came first stays. */
static void best_offer(struct best *b, int32_t value, uint32_t id)
{
	struct rated *h = b->items;
	uint32_t at;

	if (b->n < b->max) {
		for (at = b->n++; at > 0 && h[(at - 1) / 2].value > value; at = (at - 1) / 2)
			h[at] = h[(at - 1) / 2];
		h[at] = (struct rated){value, id};
		return;
	}
	if (value <= h[0].value)
		return;
	for (at = 0; 2 * at + 1 < b->n;) {
		uint32_t child = 2 * at + 1;
		if (child + 1 < b->n && h[child + 1].value < h[child].value)
			child++;
		if (h[child].value >= value)
			break;
		h[at] = h[child];
		at = child;
	}
	h[at] = (struct rated){value, id};
}

static struct best *new_bests(struct arena *a, uint32_t n, uint32_t max)
{
	struct best *out = ARENA_ARRAY(a, n, struct best);
	struct rated *items = ARENA_RAW_ARRAY(a, (size_t)n * max, struct rated);

	for (uint32_t i = 0; i < n; i++)
		out[i] = (struct best){.items = items + (size_t)i * max, .max = max};
	return out;
}

/* ---- lists ---- */

static void list_all(struct arena *a, const struct assign_problem *p, struct assign_candidates *out)
{
	struct arena *own = arena_new();
	struct rated *rated = ARENA_RAW_ARRAY(own, p->n_reviewers, struct rated);
	uint32_t n = 0;

	out->is_all = true;
	out->reviewers = ARENA_RAW_ARRAY(a, (size_t)p->n_papers * p->n_reviewers, uint32_t);
	for (uint32_t paper = 0; paper < p->n_papers; paper++) {
		const int32_t *row = p->affinity + (size_t)paper * p->n_reviewers;
		uint32_t n_rated = 0;
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (row[r] != ASSIGN_BARRED)
				rated[n_rated++] = (struct rated){row[r], r};
		qsort(rated, n_rated, sizeof *rated, by_fit);
		for (uint32_t i = 0; i < n_rated; i++)
			out->reviewers[n++] = rated[i].id;
		out->first[paper + 1] = n;
	}
	arena_free(own);
}

static void offer_all(
	const struct assign_problem *p, struct best *of_paper, struct best *of_reviewer)
{
	for (uint32_t paper = 0; paper < p->n_papers; paper++) {
		const int32_t *row = p->affinity + (size_t)paper * p->n_reviewers;
		for (uint32_t r = 0; r < p->n_reviewers; r++) {
			if (row[r] == ASSIGN_BARRED)
				continue;
			best_offer(&of_paper[paper], row[r], r);
			best_offer(&of_reviewer[r], row[r], paper);
		}
	}
}

/* Room for each paper's own best and for the reviewers who count it among theirs. */
static void lay_out(const struct assign_problem *p, const struct best *of_paper,
	const struct best *of_reviewer, uint32_t *first)
{
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		first[paper + 1] = of_paper[paper].n;
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		for (uint32_t i = 0; i < of_reviewer[r].n; i++)
			first[of_reviewer[r].items[i].id + 1]++;
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		first[paper + 1] += first[paper];
}

/* Sorts what was found for each paper and drops what was found twice. */
static void settle(const struct assign_problem *p, const uint32_t *first, struct rated *found,
	struct assign_candidates *out)
{
	uint32_t n = 0;

	for (uint32_t paper = 0; paper < p->n_papers; paper++) {
		struct rated *own = found + first[paper];
		uint32_t n_own = first[paper + 1] - first[paper];
		qsort(own, n_own, sizeof *own, by_fit);
		for (uint32_t i = 0; i < n_own; i++)
			if (i == 0 || own[i].id != own[i - 1].id)
				out->reviewers[n++] = own[i].id;
		out->first[paper + 1] = n;
	}
}

static void list_best(
	struct arena *a, const struct assign_problem *p, struct assign_candidates *out)
{
	struct arena *own = arena_new();
	struct best *of_paper = new_bests(own, p->n_papers, PER_PAPER);
	struct best *of_reviewer = new_bests(own, p->n_reviewers, PER_REVIEWER);
	uint32_t *first = ARENA_ARRAY(own, p->n_papers + 1, uint32_t);
	uint32_t *n_found = ARENA_ARRAY(own, p->n_papers, uint32_t);

	offer_all(p, of_paper, of_reviewer);
	lay_out(p, of_paper, of_reviewer, first);
	struct rated *found = ARENA_RAW_ARRAY(own, first[p->n_papers], struct rated);
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		for (uint32_t i = 0; i < of_paper[paper].n; i++)
			found[first[paper] + n_found[paper]++] = of_paper[paper].items[i];
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		for (uint32_t i = 0; i < of_reviewer[r].n; i++) {
			struct rated *it = &of_reviewer[r].items[i];
			found[first[it->id] + n_found[it->id]++] = (struct rated){it->value, r};
		}
	out->reviewers = ARENA_RAW_ARRAY(a, first[p->n_papers], uint32_t);
	settle(p, first, found, out);
	arena_free(own);
}

void assign_candidates_find(
	struct arena *a, const struct assign_problem *p, struct assign_candidates *out)
{
	*out = (struct assign_candidates){.first = ARENA_ARRAY(a, p->n_papers + 1, uint32_t)};
	if (p->n_reviewers <= ALL_UP_TO)
		list_all(a, p, out);
	else
		list_best(a, p, out);
}

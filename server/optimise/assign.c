#include "optimise/assign.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "optimise/assign_dense.h"
#include "optimise/shortlist.h"

/* ---- what a paper can have at best ---- */

static int64_t affinity_of(const struct assign_problem *p, struct assign_pair pair)
{
	int32_t affinity = p->affinity[(size_t)pair.paper * p->n_reviewers + pair.reviewer];

	return affinity == ASSIGN_BARRED ? 0 : affinity;
}

static int by_paper(const void *a, const void *b)
{
	const struct assign_pair *x = a, *y = b;

	return (x->paper > y->paper) - (x->paper < y->paper);
}

/* Of one paper: its n kept readers, and the best of the others. */
static int64_t best_sum(const struct assign_problem *p, uint32_t paper,
	const struct assign_pair *kept, size_t n, bool *is_kept, struct shortlist *best)
{
	uint32_t n_kept = 0;
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		n_kept += !is_kept[kept[i].reviewer];
		is_kept[kept[i].reviewer] = true;
	}
	best->n = 0;
	best->max = p->wanted[paper] > n_kept ? p->wanted[paper] - n_kept : 0;
	for (uint32_t r = 0; r < p->n_reviewers; r++) {
		int64_t affinity = affinity_of(p, (struct assign_pair){paper, r});
		if (is_kept[r])
			sum += affinity;
		else if (best->max > 0)
			shortlist_offer(best, affinity, r);
	}
	for (uint32_t i = 0; i < best->n; i++)
		sum += best->items[i].value;
	for (size_t i = 0; i < n; i++)
		is_kept[kept[i].reviewer] = false;
	return sum;
}

/* The highest sum that the paper can have for which that is lowest. */
static int64_t paper_bound(const struct assign_problem *p)
{
	struct shortlist best = {0};
	struct assign_pair *kept = heap_alloc((p->n_kept + 1) * sizeof *kept);
	bool *is_kept = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *is_kept);
	int64_t lowest = p->n_papers > 0 ? INT64_MAX : 0;

	best.items = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *best.items);
	if (p->n_kept > 0)
		memcpy(kept, p->kept, p->n_kept * sizeof *kept);
	qsort(kept, p->n_kept, sizeof *kept, by_paper);
	for (size_t i = 0, begin = 0; i < p->n_papers; i++) {
		size_t n = 0;
		while (begin + n < p->n_kept && kept[begin + n].paper == i)
			n++;
		int64_t sum = best_sum(p, (uint32_t)i, &kept[begin], n, is_kept, &best);
		lowest = sum < lowest ? sum : lowest;
		begin += n;
	}
	heap_free(best.items);
	heap_free(is_kept);
	heap_free(kept);
	return lowest;
}

/* ---- the result ---- */

static void add_up(const struct assign_problem *p, struct assign_solution *out)
{
	int64_t *sums = heap_alloc(((size_t)p->n_papers + 1) * sizeof *sums);

	for (size_t i = 0; i < out->n_pairs; i++) {
		int64_t affinity = affinity_of(p, out->pairs[i]);
		sums[out->pairs[i].paper] += affinity;
		out->total += affinity;
	}
	out->min_paper = p->n_papers > 0 ? sums[0] : 0;
	for (uint32_t i = 1; i < p->n_papers; i++)
		out->min_paper = sums[i] < out->min_paper ? sums[i] : out->min_paper;
	heap_free(sums);
}

static void take_result(struct arena *a, const struct assign_problem *p, struct assign_dense *d,
	struct assign_solution *out)
{
	const struct assign_pair *pairs = assign_dense_pairs(d, &out->n_pairs);

	out->pairs = ARENA_RAW_ARRAY(a, out->n_pairs, struct assign_pair);
	memcpy(out->pairs, pairs, out->n_pairs * sizeof *pairs);
	add_up(p, out);
	out->min_paper_bound = paper_bound(p);
	out->paper_price = ARENA_ARRAY(a, p->n_papers, int64_t);
	for (uint32_t i = 0; i < p->n_papers; i++)
		out->paper_price[i] = assign_dense_paper_price(d, i);
	out->reviewer_price = ARENA_ARRAY(a, p->n_reviewers, int64_t);
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		out->reviewer_price[r] = assign_dense_reviewer_price(d, r);
	out->n_org_prices = assign_dense_org_prices(a, d, &out->org_prices);
	out->total_bound = assign_dense_bound(d);
}

enum rc assign_best(struct arena *a, const struct assign_problem *p, struct effort *effort,
	struct assign_solution *out, struct err *err)
{
	struct effort_state state = {.doing = "assigning", .value = NAN, .bound = NAN};
	enum flow_end end = FLOW_INFEASIBLE;
	struct assign_dense *d = NULL;
	enum rc rc = OK;

	*out = (struct assign_solution){0};
	if (assign_is_plausible(p)) {
		d = assign_dense_new(p, assign_affinities(p));
		end = assign_dense_solve(d, effort, &state);
	}
	if (end == FLOW_INFEASIBLE)
		rc = err_set(err, CONFLICT, "These rules cannot all be kept");
	else if (!assign_dense_has_pairs(d))
		rc = err_set(err, BUSY, "There was not enough time to find any assignment");
	else
		take_result(a, p, d, out);
	assign_dense_free(d);
	return rc == OK ? assign_verify(p, out, err) : rc;
}

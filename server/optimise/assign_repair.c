/*
 * Few changes first, then affinity: one exact assignment whose values carry both. A pair of
 * `present` is worth `stay` more. Two assignments differ by cycles of the flow that pass each
 * reviewer at most once, and such a cycle cannot win more affinity than all reviewers' best
 * together; so with stay above that, no cycle pays for a change with affinity.
 */
#include <string.h>
#include "optimise/assign.h"
#include "optimise/assign_candidates.h"
#include "optimise/assign_dense.h"

struct repair {
	const struct assign_problem *problem;
	const struct assign_pair *present; /* sorted by paper */
	size_t *first;                     /* [paper + 1], into present */
	int64_t stay;
};

static void fill_row(void *arg, uint32_t paper, int64_t *values)
{
	const struct repair *r = arg;
	const struct assign_problem *p = r->problem;

	for (uint32_t v = 0; v < p->n_reviewers; v++)
		values[v] = assign_value(p, paper, v);
	for (size_t i = r->first[paper]; i < r->first[paper + 1]; i++)
		values[r->present[i].reviewer] += r->stay;
}

static enum rc check_present(const struct assign_problem *p, const struct assign_pair *present,
	size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (present[i].paper >= p->n_papers || present[i].reviewer >= p->n_reviewers)
			return err_set(err, INVALID,
				"present pair %zu names a paper or a reviewer there is not", i);
		if (i > 0 && (present[i].paper < present[i - 1].paper ||
				     (present[i].paper == present[i - 1].paper &&
					     present[i].reviewer <= present[i - 1].reviewer)))
			return err_set(
				err, INVALID, "present pair %zu is a double, or out of order", i);
	}
	return OK;
}

static enum rc weigh(struct arena *a, struct repair *r, size_t n_present, struct err *err)
{
	const struct assign_problem *p = r->problem;
	int64_t *best = ARENA_ARRAY(a, p->n_reviewers, int64_t), most = 0;

	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		for (uint32_t v = 0; v < p->n_reviewers; v++) {
			int64_t value = assign_value(p, paper, v);
			best[v] = value > best[v] ? value : best[v];
			most = value > most ? value : most;
		}
	r->stay = 1;
	for (uint32_t v = 0; v < p->n_reviewers; v++)
		r->stay += best[v];
	if (r->stay + most > ASSIGN_MAX_VALUE)
		return err_set(err, INVALID,
			"the affinities are too large for so many reviewers: scale them down");
	r->first = ARENA_ARRAY(a, p->n_papers + 1, size_t);
	for (size_t i = 0; i < n_present; i++)
		r->first[r->present[i].paper + 1]++;
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		r->first[paper + 1] += r->first[paper];
	return OK;
}

/* Pairs that go and pairs that are new. */
static size_t count_changes(
	const struct repair *r, const struct assign_solution *s, size_t n_present)
{
	size_t n_common = 0;

	for (size_t i = 0; i < s->n_pairs; i++)
		for (size_t k = r->first[s->pairs[i].paper]; k < r->first[s->pairs[i].paper + 1];
			k++)
			n_common += r->present[k].reviewer == s->pairs[i].reviewer;
	return n_present + s->n_pairs - 2 * n_common;
}

/* The pairs replace those of highest total, whose bound and prices stay. */
static void take_pairs(struct arena *a, const struct repair *r, const struct assign_dense *d,
	size_t n_present, struct assign_solution *out)
{
	const struct assign_problem *p = r->problem;
	int64_t *score = ARENA_ARRAY(a, p->n_papers, int64_t);
	const struct assign_pair *pairs = assign_dense_pairs(d, &out->n_pairs);

	out->pairs = ARENA_ARRAY(a, out->n_pairs, struct assign_pair);
	memcpy(out->pairs, pairs, out->n_pairs * sizeof *pairs);
	out->total = 0;
	for (size_t i = 0; i < out->n_pairs; i++) {
		int64_t value = assign_value(p, pairs[i].paper, pairs[i].reviewer);
		score[pairs[i].paper] += value;
		out->total += value;
	}
	out->min_paper = p->n_papers > 0 ? score[0] : 0;
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		out->min_paper = score[paper] < out->min_paper ? score[paper] : out->min_paper;
	out->n_changes = count_changes(r, out, n_present);
	out->is_certified = out->total == out->total_bound;
}

enum rc assign_repair(struct arena *a, const struct assign_problem *p,
	const struct assign_pair *present, size_t n_present, struct effort *effort,
	struct assign_solution *out, struct err *err)
{
	struct repair r = {.problem = p, .present = present};
	struct effort_state state = {.doing = "repairing"};

	TRY(check_present(p, present, n_present, err));
	TRY(weigh(a, &r, n_present, err));
	TRY(assign_best(a, p, effort, out, err));
	struct assign_dense *d = assign_dense_new(p, (struct assign_values){fill_row, &r});
	enum flow_end end = assign_dense_solve(d, effort, &state);
	if (end == FLOW_OPTIMAL)
		take_pairs(a, &r, d, n_present, out);
	assign_dense_free(d);
	if (end == FLOW_OPTIMAL)
		return OK;
	return err_set(err, end == FLOW_STOPPED ? BUSY : CONFLICT,
		end == FLOW_STOPPED ? "the time was over before the repair was done"
				    : "the rules cannot all be kept");
}

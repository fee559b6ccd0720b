#include "optimise/assign_residual.h"

#include <string.h>
#include "optimise/assign_candidates.h"

typedef void residual_visit(struct residual *r, uint32_t u, uint32_t v, int64_t cost);

/* ---- laying out ---- */

uint32_t residual_find(const struct residual *r, uint32_t paper, uint32_t reviewer)
{
	for (uint32_t i = r->first[paper]; i < r->first[paper + 1]; i++)
		if (r->pairs[i].reviewer == reviewer)
			return i;
	return RESIDUAL_NONE;
}

static bool are_colleagues(const struct assign_problem *p, uint32_t a, uint32_t b)
{
	return p->organisation[a] != ASSIGN_NO_ORGANISATION &&
	       p->organisation[a] == p->organisation[b];
}

static bool has_groups(const struct assign_problem *p)
{
	return p->per_organisation > 0 && p->organisation;
}

/* A node for each organisation that is complete on a paper. */
static void find_groups(struct residual *r)
{
	const struct assign_problem *p = r->problem;
	uint32_t n = r->first_group;

	for (uint32_t paper = 0; paper < p->n_papers && has_groups(p); paper++)
		for (uint32_t i = r->first[paper]; i < r->first[paper + 1]; i++) {
			uint32_t count = 0;
			for (uint32_t k = r->first[paper]; k < r->first[paper + 1]; k++)
				count += are_colleagues(
					p, r->pairs[i].reviewer, r->pairs[k].reviewer);
			if (count < p->per_organisation || r->group[i] != RESIDUAL_NONE)
				continue;
			for (uint32_t k = i; k < r->first[paper + 1]; k++)
				if (are_colleagues(p, r->pairs[i].reviewer, r->pairs[k].reviewer))
					r->group[k] = n;
			r->group_paper[n++ - r->first_group] = paper;
		}
	r->n_nodes = n;
}

static void index_pairs(struct arena *a, struct residual *r, uint32_t n_pairs)
{
	const struct assign_problem *p = r->problem;

	for (uint32_t i = 0; i < n_pairs; i++) {
		r->first[r->pairs[i].paper + 1]++;
		r->first_read[r->pairs[i].reviewer + 1]++;
	}
	for (uint32_t i = 0; i < p->n_papers; i++)
		r->first[i + 1] += r->first[i];
	for (uint32_t i = 0; i < p->n_reviewers; i++)
		r->first_read[i + 1] += r->first_read[i];
	uint32_t *at = ARENA_ARRAY(a, p->n_reviewers, uint32_t);
	memcpy(at, r->first_read, p->n_reviewers * sizeof *at);
	for (uint32_t i = 0; i < n_pairs; i++)
		r->reads[at[r->pairs[i].reviewer]++] = i;
	for (size_t i = 0; i < p->n_kept; i++) {
		uint32_t at_pair = residual_find(r, p->kept[i].paper, p->kept[i].reviewer);
		if (at_pair != RESIDUAL_NONE)
			r->is_kept[at_pair] = true;
	}
}

uint32_t residual_tail(const struct residual *r, uint32_t paper, uint32_t reviewer)
{
	if (has_groups(r->problem))
		for (uint32_t i = r->first[paper]; i < r->first[paper + 1]; i++)
			if (r->group[i] != RESIDUAL_NONE &&
				are_colleagues(r->problem, reviewer, r->pairs[i].reviewer))
				return r->group[i];
	return paper;
}

/* ---- arcs ---- */

/* From a paper or a complete organisation on it to all who may come anew. */
static void visit_new(struct residual *r, uint32_t u, uint32_t paper, residual_visit *visit)
{
	const struct assign_problem *p = r->problem;
	const int32_t *row = p->affinity + (size_t)paper * p->n_reviewers;
	bool is_grouped = has_groups(p);

	for (uint32_t v = 0; v < p->n_reviewers; v++)
		if (row[v] != ASSIGN_BARRED && residual_find(r, paper, v) == RESIDUAL_NONE &&
			(is_grouped ? residual_tail(r, paper, v) == u : true))
			visit(r, u, r->first_reviewer + v, -(int64_t)row[v]);
}

static void visit_reviewer(struct residual *r, uint32_t u, residual_visit *visit)
{
	const struct assign_problem *p = r->problem;
	uint32_t reviewer = u - r->first_reviewer;
	uint32_t from = r->first_read[reviewer], to = r->first_read[reviewer + 1];

	for (uint32_t k = from; k < to; k++) {
		uint32_t i = r->reads[k], paper = r->pairs[i].paper;
		if (!r->is_kept[i])
			visit(r, u, r->group[i] == RESIDUAL_NONE ? paper : r->group[i],
				assign_value(p, paper, reviewer));
	}
	if (to - from < p->max_load[reviewer])
		visit(r, u, r->pool, 0);
}

static void visit_pool(struct residual *r, residual_visit *visit)
{
	const struct assign_problem *p = r->problem;

	for (uint32_t v = 0; v < p->n_reviewers; v++)
		if (r->first_read[v + 1] - r->first_read[v] > p->min_load[v])
			visit(r, r->pool, r->first_reviewer + v, 0);
}

static void visit_arcs(struct residual *r, uint32_t u, residual_visit *visit)
{
	if (u < r->first_reviewer) {
		visit_new(r, u, u, visit);
	} else if (u < r->pool) {
		visit_reviewer(r, u, visit);
	} else if (u == r->pool) {
		visit_pool(r, visit);
	} else {
		uint32_t paper = r->group_paper[u - r->first_group];
		visit_new(r, u, paper, visit);
		visit(r, u, paper, 0);
	}
}

/* ---- potentials (Bellman and Ford), then paths ---- */

static void lower_potential(struct residual *r, uint32_t u, uint32_t v, int64_t cost)
{
	if (r->potential[u] + cost < r->potential[v]) {
		r->potential[v] = r->potential[u] + cost;
		r->is_done[v] = false;
	}
}

static enum rc find_potentials(struct residual *r, struct err *err)
{
	for (uint32_t round = 0; round <= r->n_nodes; round++) {
		bool is_settled = true;
		for (uint32_t u = 0; u < r->n_nodes; u++)
			if (!r->is_done[u]) {
				r->is_done[u] = true;
				is_settled = false;
				visit_arcs(r, u, lower_potential);
			}
		if (is_settled)
			return OK;
	}
	return err_set(err, CONFLICT, "this assignment does not have the highest total");
}

enum rc residual_open(struct arena *a, const struct assign_problem *p,
	const struct assign_pair *pairs, size_t n_pairs, struct residual *out, struct err *err)
{
	uint32_t n = (uint32_t)n_pairs;

	*out = (struct residual){.problem = p,
		.pairs = pairs,
		.first_reviewer = p->n_papers,
		.pool = p->n_papers + p->n_reviewers,
		.first_group = p->n_papers + p->n_reviewers + 1};
	out->first = ARENA_ARRAY(a, p->n_papers + 1, uint32_t);
	out->group = ARENA_ARRAY(a, n, uint32_t);
	memset(out->group, 0xff, n * sizeof *out->group);
	out->group_paper = ARENA_ARRAY(a, n, uint32_t);
	out->is_kept = ARENA_ARRAY(a, n, bool);
	out->first_read = ARENA_ARRAY(a, p->n_reviewers + 1, uint32_t);
	out->reads = ARENA_ARRAY(a, n, uint32_t);
	index_pairs(a, out, n);
	find_groups(out);
	out->potential = ARENA_ARRAY(a, out->n_nodes, int64_t);
	out->loss = ARENA_ARRAY(a, out->n_nodes, int64_t);
	out->from = ARENA_ARRAY(a, out->n_nodes, uint32_t);
	out->is_done = ARENA_ARRAY(a, out->n_nodes, bool);
	return find_potentials(out, err);
}

static void lower_loss(struct residual *r, uint32_t u, uint32_t v, int64_t cost)
{
	int64_t loss = r->loss[u] + cost + r->potential[u] - r->potential[v];

	if (!r->is_done[v] && loss < r->loss[v]) {
		r->loss[v] = loss;
		r->from[v] = u;
	}
}

static uint32_t nearest(const struct residual *r)
{
	uint32_t best = RESIDUAL_NONE;

	for (uint32_t v = 0; v < r->n_nodes; v++)
		if (!r->is_done[v] && r->loss[v] != RESIDUAL_UNREACHABLE &&
			(best == RESIDUAL_NONE || r->loss[v] < r->loss[best]))
			best = v;
	return best;
}

void residual_search(struct residual *r, uint32_t source)
{
	for (uint32_t v = 0; v < r->n_nodes; v++) {
		r->loss[v] = RESIDUAL_UNREACHABLE;
		r->from[v] = RESIDUAL_NONE;
		r->is_done[v] = false;
	}
	r->loss[source] = 0;
	for (uint32_t u; (u = nearest(r)) != RESIDUAL_NONE;) {
		r->is_done[u] = true;
		visit_arcs(r, u, lower_loss);
	}
	for (uint32_t v = 0; v < r->n_nodes; v++)
		if (r->loss[v] != RESIDUAL_UNREACHABLE)
			r->loss[v] += r->potential[v] - r->potential[source];
}

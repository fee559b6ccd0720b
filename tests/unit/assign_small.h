/* Small problems of reviewer assignment with every kind of rule, and all that can be tried of them.
 */
#ifndef TESTS_UNIT_ASSIGN_SMALL_H
#define TESTS_UNIT_ASSIGN_SMALL_H

#include "optimise/assign.h"
#include "optimise/rng.h"

enum { MAX_PAPERS = 4, MAX_REVIEWERS = 4, MAX_CELLS = MAX_PAPERS * MAX_REVIEWERS };

struct small {
	struct assign_problem p;
	int32_t affinity[MAX_CELLS];
	uint32_t wanted[MAX_PAPERS], min_load[MAX_REVIEWERS], max_load[MAX_REVIEWERS];
	uint32_t organisation[MAX_REVIEWERS];
	struct assign_pair kept[3];
};

static inline void draw(struct rng *r, struct small *out)
{
	*out = (struct small){.p = {.n_papers = 1 + rng_below(r, MAX_PAPERS),
				      .n_reviewers = 1 + rng_below(r, MAX_REVIEWERS),
				      .affinity = out->affinity,
				      .wanted = out->wanted,
				      .min_load = out->min_load,
				      .max_load = out->max_load}};
	struct assign_problem *p = &out->p;
	for (uint32_t i = 0; i < p->n_papers * p->n_reviewers; i++)
		out->affinity[i] =
			rng_below(r, 6) == 0 ? ASSIGN_BARRED : (int32_t)(rng_below(r, 21) * 50000);
	for (uint32_t i = 0; i < p->n_papers; i++)
		out->wanted[i] = rng_below(r, p->n_reviewers < 3 ? p->n_reviewers + 1 : 3);
	for (uint32_t i = 0; i < p->n_reviewers; i++) {
		out->max_load[i] = rng_below(r, 4);
		out->min_load[i] = rng_below(r, 3) == 0 ? rng_below(r, out->max_load[i] + 1) : 0;
		uint32_t lot = rng_below(r, 3);
		out->organisation[i] = lot == 0 ? ASSIGN_NO_ORGANISATION : lot * 1000;
	}
	if (rng_below(r, 2) == 0) {
		static const uint32_t limits[] = {0, 1, 1, 1, 1, 2};
		p->organisation = out->organisation;
		p->per_organisation = limits[rng_below(r, 6)];
	}
	p->kept = out->kept;
	for (uint32_t n = rng_below(r, 3); p->n_kept < n; p->n_kept++)
		out->kept[p->n_kept] = (struct assign_pair){
			rng_below(r, p->n_papers), rng_below(r, p->n_reviewers)};
}

static inline bool is_kept(const struct assign_problem *p, uint32_t paper, uint32_t reviewer)
{
	for (size_t i = 0; i < p->n_kept; i++)
		if (p->kept[i].paper == paper && p->kept[i].reviewer == reviewer)
			return true;
	return false;
}

/* Is reviewer r of this paper one too many of their organisation? The rows are bits. */
static inline bool is_crowded(const struct assign_problem *p, unsigned row)
{
	for (uint32_t r = 0; r < p->n_reviewers && p->organisation && p->per_organisation; r++) {
		uint32_t n = 0;
		for (uint32_t k = 0; k < p->n_reviewers; k++)
			n += (row >> k & 1) && p->organisation[k] == p->organisation[r];
		if ((row >> r & 1) && p->organisation[r] != ASSIGN_NO_ORGANISATION &&
			n > p->per_organisation)
			return true;
	}
	return false;
}

static inline bool may_be_row(const struct assign_problem *p, uint32_t paper, unsigned row)
{
	uint32_t n = 0;
	for (uint32_t r = 0; r < p->n_reviewers; r++) {
		bool is_in = row >> r & 1;
		n += is_in;
		if (is_kept(p, paper, r)
				? !is_in
				: is_in && p->affinity[paper * p->n_reviewers + r] == ASSIGN_BARRED)
			return false;
	}
	return n == p->wanted[paper] && !is_crowded(p, row);
}

/* All sets of pairs, paper by paper; -1 when none keeps the rules. */
static inline int64_t tried(
	const struct assign_problem *p, uint32_t paper, uint32_t *load, int64_t total)
{
	int64_t best = -1;
	if (paper == p->n_papers) {
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (load[r] < p->min_load[r] || load[r] > p->max_load[r])
				return -1;
		return total;
	}
	for (unsigned row = 0; row < 1u << p->n_reviewers; row++) {
		int64_t gain = 0, found;
		if (!may_be_row(p, paper, row))
			continue;
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (row >> r & 1) {
				int32_t affinity = p->affinity[paper * p->n_reviewers + r];
				gain += affinity == ASSIGN_BARRED ? 0 : affinity;
				load[r]++;
			}
		found = tried(p, paper + 1, load, total + gain);
		best = found > best ? found : best;
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			load[r] -= row >> r & 1;
	}
	return best;
}

#endif

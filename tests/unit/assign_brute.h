/* Tiny assignment problems, random, and all sets of pairs of them one after the other. */
#ifndef TESTS_UNIT_ASSIGN_BRUTE_H
#define TESTS_UNIT_ASSIGN_BRUTE_H

#include <string.h>
#include "optimise/assign.h"
#include "optimise/rng.h"

enum { BRUTE_MAX_PAPERS = 5, BRUTE_MAX_REVIEWERS = 5, BRUTE_MAX_PAIRS = 25 };

struct brute {
	const struct assign_problem *p;
	void (*visit)(void *arg, const struct assign_pair *pairs, size_t n);
	void *arg;
	uint32_t load[BRUTE_MAX_REVIEWERS];
	struct assign_pair pairs[BRUTE_MAX_PAIRS];
	size_t n_pairs;
};

static inline bool brute_is_kept(const struct assign_problem *p, uint32_t paper, uint32_t reviewer)
{
	for (size_t i = 0; i < p->n_kept; i++)
		if (p->kept[i].paper == paper && p->kept[i].reviewer == reviewer)
			return true;
	return false;
}

static inline int64_t brute_value(const struct assign_problem *p, uint32_t paper, uint32_t reviewer)
{
	int32_t v = p->affinity[paper * p->n_reviewers + reviewer];

	return v == ASSIGN_BARRED ? 0 : v;
}

/* Is the set of reviewers (bits) one that the paper may have? */
static inline bool brute_suits(const struct assign_problem *p, uint32_t paper, uint32_t set)
{
	uint32_t n = 0;

	for (uint32_t r = 0; r < p->n_reviewers; r++) {
		bool is_in = (set >> r) & 1, is_kept = brute_is_kept(p, paper, r);
		uint32_t n_colleagues = 0;
		n += is_in;
		if (is_kept && !is_in)
			return false;
		if (!is_in)
			continue;
		if (!is_kept && p->affinity[paper * p->n_reviewers + r] == ASSIGN_BARRED)
			return false;
		for (uint32_t q = 0; q < p->n_reviewers && p->organisation; q++)
			n_colleagues += ((set >> q) & 1) &&
					p->organisation[r] != ASSIGN_NO_ORGANISATION &&
					p->organisation[q] == p->organisation[r];
		if (p->per_organisation > 0 && n_colleagues > p->per_organisation)
			return false;
	}
	return n == p->wanted[paper];
}

static inline void brute_from(struct brute *b, uint32_t paper)
{
	const struct assign_problem *p = b->p;

	if (paper == p->n_papers) {
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if (b->load[r] < p->min_load[r] || b->load[r] > p->max_load[r])
				return;
		b->visit(b->arg, b->pairs, b->n_pairs);
		return;
	}
	for (uint32_t set = 0; set < (1u << p->n_reviewers); set++) {
		size_t before = b->n_pairs;
		if (!brute_suits(p, paper, set))
			continue;
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			if ((set >> r) & 1) {
				b->load[r]++;
				b->pairs[b->n_pairs++] = (struct assign_pair){paper, r};
			}
		brute_from(b, paper + 1);
		while (b->n_pairs > before)
			b->load[b->pairs[--b->n_pairs].reviewer]--;
	}
}

/* Every set of pairs that keeps the rules, sorted. */
static inline void brute_each(const struct assign_problem *p,
	void (*visit)(void *arg, const struct assign_pair *pairs, size_t n), void *arg)
{
	struct brute b = {.p = p, .visit = visit, .arg = arg};

	brute_from(&b, 0);
}

/* What a random problem has: kinds of rules are drawn, too, and it may be that they clash. */
static inline void brute_make(struct arena *a, struct rng *rng, struct assign_problem *p)
{
	uint32_t np = 2 + rng_below(rng, 3), nr = 3 + rng_below(rng, 3);
	bool has_min = rng_below(rng, 3) == 0, has_organisations = rng_below(rng, 3) == 0;
	uint32_t coarse = rng_below(rng, 2) ? 1 : 100;

	*p = (struct assign_problem){.n_papers = np, .n_reviewers = nr};
	p->affinity = ARENA_ARRAY(a, np * nr, int32_t);
	p->wanted = ARENA_ARRAY(a, np, uint32_t);
	p->min_load = ARENA_ARRAY(a, nr, uint32_t);
	p->max_load = ARENA_ARRAY(a, nr, uint32_t);
	uint32_t *organisation = ARENA_ARRAY(a, nr, uint32_t);
	struct assign_pair *kept = ARENA_ARRAY(a, np * nr, struct assign_pair);
	for (uint32_t i = 0; i < np * nr; i++) {
		p->affinity[i] = (int32_t)(rng_below(rng, 1000 / coarse) * coarse);
		if (rng_below(rng, 6) == 0)
			p->affinity[i] = ASSIGN_BARRED;
		if (rng_below(rng, 20) == 0)
			kept[p->n_kept++] = (struct assign_pair){i / nr, i % nr};
	}
	for (uint32_t i = 0; i < np; i++)
		p->wanted[i] = 1 + rng_below(rng, 2);
	for (uint32_t r = 0; r < nr; r++) {
		p->max_load[r] = 1 + rng_below(rng, 3);
		p->min_load[r] = has_min ? rng_below(rng, p->max_load[r] + 1) : 0;
		organisation[r] =
			rng_below(rng, 4) == 0 ? ASSIGN_NO_ORGANISATION : rng_below(rng, 2);
	}
	p->kept = kept;
	p->organisation = organisation;
	p->per_organisation = has_organisations ? 1 : 0;
}

#endif

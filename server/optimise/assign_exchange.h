/*
 * An assignment that is changed by exchanges, each of which keeps every rule and every floor.
 *
 * A place is one review of one paper; it has a reader. An exchange is a chain of links: at a place
 * the reader u gives way to v, at a place of v that one gives way to w, and so on, until the last
 * to come is the first who went, or has room for one more while the first who went may have one
 * fewer. All loads in between stay. Whether a link may be there depends on its paper alone (who may
 * read it, the organisations on it, its floor), as long as no paper is in the chain twice. So a
 * chain is a path among reviewers, found by label correcting (Bellman, 1958; Moore, 1959).
 *
 * Within the solvers; on one thread. Everything lives in the arena it was made in.
 */
#ifndef OPTIMISE_ASSIGN_EXCHANGE_H
#define OPTIMISE_ASSIGN_EXCHANGE_H

#include "optimise/assign_candidates.h"

#define EXCHANGE_NONE UINT32_MAX

struct exchange {
	const struct assign_problem *problem;
	struct assign_candidates candidates;
	uint32_t n_places;
	uint32_t *first_place;        /* [paper + 1]: the places of a paper stand side by side */
	uint32_t *paper, *reader;     /* [place] */
	bool *is_kept;                /* [place] */
	uint32_t *head, *next, *prev; /* [reviewer], [place], [place]: the places of a reviewer */
	uint32_t *load;               /* [reviewer] */
	int64_t *score;               /* [paper] */
	int64_t *floor; /* [paper]: no exchange lets the score fall below; 0 at first */
	int64_t total;
	/*
	 * What exchange_improve raises: the total; or, when goal > 0, minus the sum over papers of
	 * the square of what they lack to the goal (in units of 2^coarse, so that it fits).
	 */
	int64_t goal;
	int coarse;
	struct exchange_search *search; /* scratch of exchange_search.c */
};

/* Its scratch; exchange_new makes it. */
struct exchange_search *exchange_search_new(struct arena *a, uint32_t n_reviewers);

/* `pairs` keeps every rule and is sorted by paper. */
struct exchange *exchange_new(
	struct arena *a, const struct assign_problem *p, const struct assign_pair *pairs);
/* Other pairs of the same problem; the floors stay as they are. */
void exchange_load(struct exchange *e, const struct assign_pair *pairs);
/* [n_places], sorted by paper, then reviewer. */
void exchange_save(const struct exchange *e, struct assign_pair *pairs);

/*
 * Not needed, but searches end sooner: the price of a place of the reviewer in the proof that the
 * pairs loaded, or ones like them, have the highest total. For all reviewers or none.
 */
void exchange_label(struct exchange *e, uint32_t reviewer, int64_t price);

/* May v take the place, loads and floors apart? */
bool exchange_may_read(const struct exchange *e, uint32_t place, uint32_t v);
/* Unchecked; the loads are right again when the chain is complete. */
void exchange_put(struct exchange *e, uint32_t place, uint32_t v);

/* From now on exchanges bring papers nearer to the goal, and those above it do not count; 0: total.
 */
void exchange_aim(struct exchange *e, int64_t goal);

/* Exchanges that raise the total, or what was aimed at, until none is found or `most` were made.
 * How many. */
uint32_t exchange_improve(struct exchange *e, uint32_t most);

/*
 * One exchange after which the paper's score is at least `goal` (above the present one). The papers
 * that give way stay at their floors or above. is_cheapest: the one that costs the total least, as
 * far as the search sees; else a short one, which is found sooner. False when none was found.
 */
bool exchange_raise(struct exchange *e, uint32_t paper, int64_t goal, bool is_cheapest);

#endif

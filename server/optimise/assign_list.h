/* Inside of assign_dense.h: the list of pairs, and which ones join it. */
#ifndef OPTIMISE_ASSIGN_LIST_H
#define OPTIMISE_ASSIGN_LIST_H

#include "optimise/assign_dense.h"
#include "optimise/shortlist.h"

/* A pair on the list. */
struct listed {
	uint32_t paper, reviewer, arc;
	uint32_t next;     /* of the same paper */
	uint8_t low, high; /* as the caller wants it; high counts only for a pair with a value */
};

/* The readers of one organisation on a paper: a node between, as soon as one of them is listed. */
struct group {
	uint32_t paper, org, node, arc;
	uint32_t next; /* of the same paper */
};

/*
 * Nodes: papers, reviewers, the load, then groups as they come. Arcs: the loads of the reviewers,
 * then groups and pairs as they come.
 */
struct assign_dense {
	const struct assign_problem *p;
	struct assign_values values;
	struct flow *flow;
	struct listed *listed;
	uint32_t n_listed, max_listed;
	uint32_t *first_listed; /* [paper], or UINT32_MAX */
	uint64_t *is_listed;    /* bits, [paper * n_reviewers + reviewer] */
	struct group *groups;
	uint32_t n_groups, max_groups;
	uint32_t *first_group; /* [paper], or UINT32_MAX */
	uint32_t n_orgs;       /* of more readers than are allowed on one paper */
	uint32_t *org_of;   /* [reviewer], n_orgs for those of no such one; NULL: no rule binds */
	uint32_t *org_name; /* [org], ascending: as the problem calls it */
	bool has_started;   /* solved once */
	/* one paper at a time */
	int64_t *row;    /* [reviewer] */
	int64_t *relief; /* [reviewer]: the price of its node */
	int64_t *unit;   /* [org], and one for none: the price of where its pair would start */
	bool *is_inside; /* [org], and one for none: on the cut's inner side */
	struct shortlist best;
	/* the last solution */
	struct assign_pair *pairs;
	size_t n_pairs;
	bool has_pairs;
};

static inline uint32_t reviewer_node(const struct assign_dense *d, uint32_t reviewer)
{
	return d->p->n_papers + reviewer;
}

static inline uint32_t load_node(const struct assign_dense *d)
{
	return d->p->n_papers + d->p->n_reviewers;
}

static inline uint32_t org_of(const struct assign_dense *d, uint32_t reviewer)
{
	return d->org_of ? d->org_of[reviewer] : d->n_orgs;
}

/*
 * The i-th reviewer to be offered to a shortlist of that paper. Of equal values the first ones are
 * taken, so each paper begins elsewhere: lest all of them list the same ones of many that are
 * equal.
 */
static inline uint32_t assign_list_turn(const struct assign_dense *d, uint32_t paper, uint32_t i)
{
	uint32_t r = i + (uint32_t)(paper * UINT64_C(2654435761) % d->p->n_reviewers);

	return r < d->p->n_reviewers ? r : r - d->p->n_reviewers;
}

/* Fills d->row; those barred in the problem have no value. */
void assign_list_row(struct assign_dense *d, uint32_t paper);
/* Fills d->unit, for pairs of that paper. */
void assign_list_units(struct assign_dense *d, uint32_t paper);
/* Fills d->relief, once a pass. */
void assign_list_relief(struct assign_dense *d);

/* The listed pair, or NULL. */
struct listed *assign_list_find(struct assign_dense *d, struct assign_pair pair);
/* Unless it is listed already. */
void assign_list_offer(struct assign_dense *d, struct assign_pair pair, int64_t value);
/* It must not be listed yet. */
struct listed *assign_list_add(struct assign_dense *d, struct assign_pair pair, int64_t value);
/* The bounds of its arc, by what the caller wants and whether it has a value. */
void assign_list_bound(struct assign_dense *d, const struct listed *pair, bool has_value);

/* d->best, of the reviewers of one paper: empties it; lists what stands in it, with values of
 * d->row. */
void assign_list_begin_best(struct assign_dense *d, uint32_t max);
void assign_list_add_best(struct assign_dense *d, uint32_t paper);

/* The first list: the best of each paper and of each reviewer, and all that are kept
 * (assign_begin.c). */
void assign_list_begin(struct assign_dense *d);
/* Those not listed that would gain at the present prices, the best of each paper. How many. */
uint32_t assign_list_gaining(struct assign_dense *d);
/* Those that lead out of the cut, at most so many a paper. How many. */
uint32_t assign_list_crossing(struct assign_dense *d, uint32_t most);

#endif

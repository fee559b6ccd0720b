/*
 * What could still be changed about an assignment of highest total, and at what loss: the residual
 * network of its flow paper -> (organisation on the paper) -> reviewer -> pool. A unit sent from
 * one node to another along a cheapest path gives the best assignment after a pair was forced in or
 * out (Busacker and Gowen, 1960). Within the solvers; arcs are not stored but looked up.
 */
#ifndef OPTIMISE_ASSIGN_RESIDUAL_H
#define OPTIMISE_ASSIGN_RESIDUAL_H

#include "optimise/assign.h"

#define RESIDUAL_NONE        UINT32_MAX
#define RESIDUAL_UNREACHABLE INT64_MAX

/*
 * Nodes: papers, then reviewers, then the pool of their places, then one for each organisation that
 * has as many readers on a paper as it may.
 */
struct residual {
	const struct assign_problem *problem;
	const struct assign_pair *pairs; /* sorted by paper */
	uint32_t *first;                 /* [paper + 1], into pairs */
	uint32_t *group;                 /* [pair]: its organisation's node, or RESIDUAL_NONE */
	uint32_t *group_paper;           /* [node - first_group] */
	bool *is_kept;                   /* [pair] */
	uint32_t *first_read, *reads;    /* [reviewer + 1], into reads: indices of pairs */
	uint32_t n_nodes, first_reviewer, pool, first_group;
	int64_t *potential, *loss; /* [node]; loss: of the path from the last source */
	uint32_t *from;            /* [node]: the one before on that path */
	bool *is_done;
};

/*
 * CONFLICT when some exchange raises the total: then nothing can be said about losses. The pairs
 * must keep every rule and outlive the result.
 */
enum rc residual_open(struct arena *a, const struct assign_problem *p,
	const struct assign_pair *pairs, size_t n_pairs, struct residual *out,
	struct err *err) NODISCARD;

/* The node from which a reviewer gets, or would get, this paper. */
uint32_t residual_tail(const struct residual *r, uint32_t paper, uint32_t reviewer);
/* Index of the pair, or RESIDUAL_NONE when it is not chosen. */
uint32_t residual_find(const struct residual *r, uint32_t paper, uint32_t reviewer);

/* Fills loss and from for all nodes (Dijkstra, 1959). */
void residual_search(struct residual *r, uint32_t source);

#endif

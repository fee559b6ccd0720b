/* Seeded instances of reviewer assignment, our own: of any size, without a file. */
#ifndef TESTS_BENCH_ASSIGN_INSTANCE_H
#define TESTS_BENCH_ASSIGN_INSTANCE_H

#include "optimise/assign.h"

enum assign_kind {
	ASSIGN_UNIFORM, /* every affinity drawn alone, 0 to 1 */
	/*
	 * Papers and reviewers are mixtures of a few topics, of which some are much more popular;
	 * affinity = how far the mixtures agree, with noise.
	 */
	ASSIGN_TOPICS,
	/* Bids: the same in four steps, most of them 0. */
	ASSIGN_BIDS,
	/* All papers rank the reviewers much alike: no short list of the best is enough. */
	ASSIGN_ALIKE,
};

struct assign_shape {
	enum assign_kind kind;
	uint32_t n_papers, n_reviewers, wanted, max_load, min_load;
	uint32_t barred_permille;
	uint64_t seed;
};

void assign_instance_make(
	struct arena *a, const struct assign_shape *shape, struct assign_problem *out);

#endif

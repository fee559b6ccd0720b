/*
 * From scores to an order that one can defend: raw means, and beside them means from which each
 * reviewer's severity has been taken. Pure arithmetic on plain rows.
 *
 * Review mean: mean of its scores weighted by criterion. Severity of a reviewer: the mean of their
 * review means minus the mean of all, shrunk by n / (n + 2), because two harsh reviews are not yet
 * a harsh reviewer. Normalised mean of a submission: the mean over its reviews of (review mean - severity
 * of its reviewer), told as the difference to the mean of all.
 */
#ifndef DOMAIN_SCORE_H
#define DOMAIN_SCORE_H

#include "domain/actor.h"

enum { SCORE_MAX_REVIEWS = 16 }; /* kept for the plot; further ones still count in the means */

struct submission_score {
	int64_t submission_id;
	int n_reviews;
	double mean;       /* 1..5; 0 without reviews */
	double normalised; /* around 0 */
	double spread;     /* largest minus smallest review mean */
	double reviews[SCORE_MAX_REVIEWS];
};

/* rows: by submission, then review (statement board_scores). Result: one a submission, same order. */
struct submission_score *scores_sum(struct arena *a, const struct q_board_scores *rows, size_t n,
	size_t *n_out);
/* NULL when it has no review. */
const struct submission_score *score_find(const struct submission_score *scores, size_t n,
	int64_t submission_id);

#endif

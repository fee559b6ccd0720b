/*
 * What reviewers say of what they were given (domain/assignment.h). A review is about one version of
 * the text.
 */
#ifndef DOMAIN_REVIEW_H
#define DOMAIN_REVIEW_H

#include "domain/submission.h"

struct score_given {
	const char *criterion_code;
	int64_t score; /* 1..5 */
};

struct review_save {
	const struct actor *actor;
	const struct submission *submission;
	const struct q_criteria_of_event *criteria;
	size_t n_criteria;
	const struct score_given *scores;
	size_t n_scores;
	const char *to_authors, *to_chairs;
	int64_t rev;      /* 0: there was none when the page was shown */
	bool is_submitted;
	const char *code; /* of a new one */
};
/*
 * tx_fn. A draft may be incomplete; submitting needs every criterion (field errors score.CODE) and
 * a comment to the authors (to_authors). A submitted review can be changed until the decision is released.
 */
enum rc review_save(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* 100 * weighted mean of the scores of one review (1..5 -> 100..500); 0 without scores. */
int review_mean_100(const struct q_scores_of_submission *scores, size_t n, int64_t review_id);

#endif

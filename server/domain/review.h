/*
 * Who reads what, and what they say of it. Hard rules: authors never review their own work, nobody
 * reviews in conflict, a review is about one version of the text. Reviewers are told apart by a label that
 * is drawn at random for each submission, so that order and time tell nothing.
 */
#ifndef DOMAIN_REVIEW_H
#define DOMAIN_REVIEW_H

#include "domain/submission.h"

struct assignment_add {
	const struct actor *actor; /* a chair */
	const struct submission *submission;
	int64_t person_id;
	const char *code; /* made by the caller */
	unsigned draw;    /* a random number, for the label */
};
/* tx_fn. Field error `reviewer`: not a reviewer, an author of it, in conflict; CONFLICT: has it. */
enum rc assignment_add(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct assignment_remove {
	const struct actor *actor;
	const char *code;
};
/* tx_fn. CONFLICT once a review was begun: nothing written is thrown away. */
enum rc assignment_remove(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* What a reviewer says about their own assignment. */
struct assignment_answer {
	const struct actor *actor;
	const struct submission *submission;
	const char *reason; /* of a conflict; NULL: no time */
};
/* tx_fn. Declines; with a reason also declares the conflict, which hides the submission at once. */
enum rc assignment_answer(struct tx *tx, void *arg, struct err *err) NODISCARD;

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

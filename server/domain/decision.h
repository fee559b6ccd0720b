/*
 * Decisions are staged, looked at, and released at once. Until the release nothing that anybody but
 * the chairs can see depends on them: no count, mail, slot or price. A chair decides on and releases
 * only what they may know of; their own work waits for another chair.
 */
#ifndef DOMAIN_DECISION_H
#define DOMAIN_DECISION_H

#include "domain/submission.h"

bool decision_is_outcome(const char *word);
/* "talk", "poster", "workshop": something that is presented. */
bool decision_is_acceptance(const char *outcome);

struct decision_stage {
	const struct actor *actor;
	const struct submission *submission;
	const char *outcome; /* "" takes the decision back */
	const char *note;    /* a paragraph of the letter; NULL keeps what is there */
	int64_t rev;         /* -1: whatever is there (bulk) */
	const char *code;    /* of a new one */
};
/* tx_fn. CONFLICT when it was released, withdrawn, or changed since it was shown. */
enum rc decision_stage(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct decision_release {
	const struct actor *actor;
	int64_t n_expected;   /* how many letters the chair has seen */
	const char *base_url; /* "https://host/empathy", for the links in the letters */
	/* out */
	int64_t n_released;
};
/* tx_fn. All staged decisions of this chair, with a letter to each author that has an address.
 * CONFLICT when others were staged or taken back since the letters were shown. */
enum rc decision_release(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* What reviewers wrote to the authors, as one text of a letter: "Review 1\n…". */
const char *decision_comments(struct arena *a, const struct q_reviews_of_submission *reviews,
	size_t n);

/* The same text back in its parts: "Review 1" and its words. 0: it is not of decision_comments(). */
struct decision_comment {
	const char *title, *text;
};
size_t decision_comments_read(
	struct arena *a, const char *comments, struct decision_comment **out);

struct decision_confirm {
	const struct actor *actor;
	const struct submission *submission;
	bool is_coming;
};
/* tx_fn. The authors' answer to a released acceptance; it can be changed. */
enum rc decision_confirm(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif

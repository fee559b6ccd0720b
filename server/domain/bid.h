/*
 * What reviewers would like to read, before anything is assigned: they see outlines (DOC_OUTLINE)
 * while bidding is open, and say of each what they think. Nobody has to; a conflict of interest is
 * no bid. Only chairs learn bids, none about their own work.
 */
#ifndef DOMAIN_BID_H
#define DOMAIN_BID_H

#include "domain/submission.h"

#define BID_NONE "none"

struct bid_given {
	const char *submission_code;
	const char *bid; /* "eager", "willing", "reluctant"; "none" takes it back */
};

struct bids_save {
	const struct actor *actor; /* a reviewer */
	const struct call *call;
	const struct bid_given *given;
	size_t n_given;
	int64_t now_ms;
};
/*
 * tx_fn. CONFLICT once bidding is over; field error bid.CODE: no such answer. A submission that is
 * not open to the actor's bids, or not any more, is left out: the others are saved.
 */
enum rc bids_save(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* "eager", "willing", "reluctant", "none" in the order they are offered; NULL beyond. */
const char *bid_word(size_t i);

struct conflict_declare {
	const struct actor *actor;
	const struct submission *submission;
	const char *reason;
};
/*
 * tx_fn. The actor's own conflict of interest: hides the submission from them at once, declines
 * what they were given of it and takes their bid back.
 */
enum rc conflict_declare(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct reviewer_profile_save {
	const struct actor *actor;
	const struct call *call;
	const char *can_review; /* in their own words, or "" */
	const char *const *theme_codes;
	size_t n_themes;
};
/* tx_fn. Field error theme: there is no such theme. */
enum rc reviewer_profile_save(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif

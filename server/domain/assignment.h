/*
 * Who reads what. Hard rules: authors never review their own work, nobody reviews in conflict.
 * Reviewers are told apart by a label that is drawn at random for each submission, so that order and
 * time tell nothing.
 */
#ifndef DOMAIN_ASSIGNMENT_H
#define DOMAIN_ASSIGNMENT_H

#include "domain/submission.h"

struct assignment_add {
	const struct actor *actor; /* a chair */
	int64_t submission_id;
	const char *submission_code;
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

/* ---- many at once ---- */

/* One reviewer more or less on one submission. */
struct assignment_change {
	const char *submission_code, *reviewer_code;
	bool is_added;
	const char *code; /* of the new assignment: made by the caller */
	unsigned draw;    /* as above */
};

struct assignments_change {
	const struct actor *actor; /* a chair; what they may not assign is NOT_FOUND */
	const struct assignment_change *changes;
	size_t n_changes;
	/* The proposal that says so, or whose changes are put back. */
	int64_t proposal_id;
	const char *proposal_code;
	bool is_undo;
	const char *undo; /* JSON kept with a proposal that is accepted */
	/* out: changes of an undo that no longer can be: a review was begun, somebody is in conflict now */
	size_t n_left;
};
/*
 * tx_fn. All of them or none: CONFLICT when the board has changed since in a way that touches them.
 * An undo puts back what it can. Also CONFLICT when the proposal was accepted, or undone, already.
 */
enum rc assignments_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif

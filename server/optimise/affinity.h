/*
 * How well a reviewer fits a submission: what it says beside what they have written or say of
 * themselves, the themes of both, and what the reviewer would like. The affinities of
 * optimise/assign.h, and why one is what it is.
 *
 *   text    the root of the cosine of two texts by TF-IDF (affinity_terms.h). Cosines of abstracts
 *           lie close to 0; the root spreads them and changes no order. Of a reviewer's texts the
 *           mean of the best one and of their mean: the best finds the expert with several fields,
 *           the mean does not fall for one chance likeness.
 *   theme   the share of the submission's themes that the reviewer offers.
 *   fit     3/5 text + 2/5 theme. What a reviewer does not tell counts as 1/4. Where the submission
 *           has no words, or no themes, the other part alone is the fit; without both it is 1/4.
 *
 * The bid then says between which bounds the fit moves the affinity:
 *
 *               at fit 0   at fit 1
 *   eager           0.50       1.00
 *   willing         0.30       0.90
 *   no bid          0.10       0.75
 *   reluctant       0.00       0.25
 *
 * So a better bid is always better, at any fit; a better fit is always better, at any bid; and an
 * expert who has not bid stands before somebody eager who knows nothing of it. A conflict of
 * interest is no bid: it bars the pair.
 *
 * The same input gives the same result. All figures are millionths.
 */
#ifndef OPTIMISE_AFFINITY_H
#define OPTIMISE_AFFINITY_H

#include "base/err.h"
#include "base/str.h"

enum { AFFINITY_UNIT = 1000000, AFFINITY_N_WORDS = 5 };

#define AFFINITY_NO_TEXT UINT32_MAX

/* Each may be NULL or "". */
struct affinity_text {
	const char *title, *abstract, *keywords;
	const char *language; /* a language tag; NULL or "": found out by its words */
};

enum affinity_bid {
	AFFINITY_RELUCTANT, /* would rather not */
	AFFINITY_NO_BID,
	AFFINITY_WILLING, /* can */
	AFFINITY_EAGER,   /* would like to */
	AFFINITY_N_BIDS,
};

struct affinity_submission {
	uint32_t text;          /* index into texts */
	const uint32_t *themes; /* sorted, each once */
	uint32_t n_themes;
};

/* Their texts may be submissions of the same input: each text stands there once. */
struct affinity_reviewer {
	const uint32_t *texts;
	uint32_t n_texts;
	const uint32_t *themes; /* sorted, each once */
	uint32_t n_themes;
};

struct affinity_wish {
	uint32_t submission, reviewer;
	enum affinity_bid bid;
};

struct affinity_input {
	const struct affinity_text *texts;
	size_t n_texts;
	const struct affinity_submission *submissions;
	uint32_t n_submissions;
	const struct affinity_reviewer *reviewers;
	uint32_t n_reviewers;
	const struct affinity_wish
		*wishes; /* sorted by submission, then reviewer; each pair once */
	size_t n_wishes;
};

/* An input whose texts are weighed, ready to compare. */
struct affinity;

/* In the arena; what the input points at must live as long. */
const struct affinity *affinity_prepare(struct arena *a, const struct affinity_input *in);

/* out[submission * n_reviewers + reviewer] */
void affinity_fill(const struct affinity *f, int32_t *out);

/* Instead of millionths: */
enum {
	AFFINITY_UNTOLD = -1, /* the reviewer tells nothing to compare with */
	AFFINITY_MOOT = -2,   /* the submission has nothing to compare */
};

struct affinity_reason {
	int32_t affinity;    /* as affinity_fill() has it */
	int32_t text, theme; /* or AFFINITY_UNTOLD, AFFINITY_MOOT */
	enum affinity_bid bid;
	uint32_t nearest; /* the reviewer's text that is most like it; AFFINITY_NO_TEXT: none is at
			     all */
	/* What these two share, the weightiest first, as written in the submission. */
	const char *words[AFFINITY_N_WORDS];
	size_t n_words;
	uint32_t *themes; /* in common, sorted */
	uint32_t n_themes;
};

void affinity_explain(struct arena *a, const struct affinity *f, uint32_t submission,
	uint32_t reviewer, struct affinity_reason *out);

/* The rule above: of millionths, AFFINITY_UNTOLD or AFFINITY_MOOT. */
int32_t affinity_combine(int32_t text, int32_t theme, enum affinity_bid bid);

#endif

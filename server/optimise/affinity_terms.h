/*
 * Texts as weighed terms, to be compared by the cosine: the vector model with TF-IDF weights
 * (Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988).
 *
 *   term     the stem of a word that has a letter and is no stop word of the text's language
 *   weight   (1 + ln f) * ln(1 + N / d): f times in the text, one in the title counting as two; in
 * d of the N texts that have any term. What stands in all of them still counts a little, for a
 * small event has few texts and one subject.
 *
 * Weights are scaled to length 1 and kept as whole millionths, so that comparing is exact: the same
 * either way round, whatever the order.
 */
#ifndef OPTIMISE_AFFINITY_TERMS_H
#define OPTIMISE_AFFINITY_TERMS_H

#include "optimise/affinity.h"

struct affinity_term {
	uint32_t id, weight;
	struct str written; /* in the text, rather where it has no capital */
};

struct affinity_vector {
	struct affinity_term *terms; /* sorted by id */
	uint32_t n;
};

struct affinity_terms {
	struct affinity_vector *texts; /* [n_texts] */
	size_t n_texts;
	uint32_t n_terms;
};

void affinity_terms(struct arena *a, const struct affinity_text *texts, size_t n_texts,
	struct affinity_terms *out);

#endif

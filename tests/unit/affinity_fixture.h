/* Small inputs for the tests of affinities: one reviewer's texts beside one submission's. */
#ifndef TESTS_UNIT_AFFINITY_FIXTURE_H
#define TESTS_UNIT_AFFINITY_FIXTURE_H

#include "optimise/affinity.h"

enum { FIXTURE_MAX_TEXTS = 16 };

/* texts[0] is the submission's; the reviewer's follow; then others that only stand by. */
static inline struct affinity_reason fixture_explain(
	struct arena *a, const struct affinity_text *texts, size_t n_texts, uint32_t n_own)
{
	static const uint32_t own[FIXTURE_MAX_TEXTS] = {
		1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
	struct affinity_submission submission = {.text = 0};
	struct affinity_reviewer reviewer = {.texts = own, .n_texts = n_own};
	struct affinity_input in = {.texts = texts,
		.n_texts = n_texts,
		.submissions = &submission,
		.n_submissions = 1,
		.reviewers = &reviewer,
		.n_reviewers = 1};
	struct affinity_reason reason;

	affinity_explain(a, affinity_prepare(a, &in), 0, 0, &reason);
	return reason;
}

static inline struct affinity_text fixture_abstract(const char *abstract)
{
	return (struct affinity_text){.abstract = abstract};
}

/* The likeness of two texts that are alone in the world. */
static inline int32_t fixture_likeness(struct arena *a, const char *one, const char *other)
{
	struct affinity_text texts[] = {fixture_abstract(one), fixture_abstract(other)};

	return fixture_explain(a, texts, 2, 1).text;
}

#endif

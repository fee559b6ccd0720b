/* Means, severities, normalised means. */
#include "domain/score.h"

enum { SHRINK = 2 };

struct one_review {
	int64_t submission_id, person_id;
	double mean;
};

/* One entry a review, in the order of the rows. */
static struct one_review *review_means(struct arena *a, const struct q_board_scores *rows, size_t n,
	size_t *n_out)
{
	struct one_review *reviews = ARENA_ARRAY(a, n, struct one_review);
	size_t i = 0;

	*n_out = 0;
	while (i < n) {
		int64_t review_id = rows[i].review_id, sum = 0, weight = 0;
		struct one_review *r = &reviews[(*n_out)++];
		r->submission_id = rows[i].submission_id;
		r->person_id = rows[i].person_id;
		for (; i < n && rows[i].review_id == review_id; i++) {
			sum += rows[i].score * rows[i].weight;
			weight += rows[i].weight;
		}
		r->mean = weight ? (double)sum / (double)weight : 0;
	}
	return reviews;
}

static double mean_of_all(const struct one_review *reviews, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += reviews[i].mean;
	return n ? sum / (double)n : 0;
}

static double severity(const struct one_review *reviews, size_t n, int64_t person_id, double all)
{
	double sum = 0;
	int count = 0;

	for (size_t i = 0; i < n; i++) {
		if (reviews[i].person_id != person_id)
			continue;
		sum += reviews[i].mean;
		count++;
	}
	return count ? (sum / count - all) * count / (count + SHRINK) : 0;
}

static void add_review(struct submission_score *s, double mean, double normalised)
{
	double low = mean, high = mean;

	if (s->n_reviews < SCORE_MAX_REVIEWS)
		s->reviews[s->n_reviews] = mean;
	s->n_reviews++;
	s->mean += (mean - s->mean) / s->n_reviews;
	s->normalised += (normalised - s->normalised) / s->n_reviews;
	for (int i = 0; i < s->n_reviews && i < SCORE_MAX_REVIEWS; i++) {
		low = s->reviews[i] < low ? s->reviews[i] : low;
		high = s->reviews[i] > high ? s->reviews[i] : high;
	}
	s->spread = high - low;
}

struct submission_score *scores_sum(struct arena *a, const struct q_board_scores *rows, size_t n,
	size_t *n_out)
{
	struct submission_score *scores = ARENA_ARRAY(a, n, struct submission_score);
	size_t n_reviews;
	struct one_review *reviews = review_means(a, rows, n, &n_reviews);
	double all = mean_of_all(reviews, n_reviews);

	*n_out = 0;
	for (size_t i = 0; i < n_reviews; i++) {
		const struct one_review *r = &reviews[i];
		if (!*n_out || scores[*n_out - 1].submission_id != r->submission_id)
			scores[(*n_out)++].submission_id = r->submission_id;
		add_review(&scores[*n_out - 1], r->mean,
			r->mean - severity(reviews, n_reviews, r->person_id, all) - all);
	}
	return scores;
}

const struct submission_score *score_find(const struct submission_score *scores, size_t n,
	int64_t submission_id)
{
	for (size_t i = 0; i < n; i++)
		if (scores[i].submission_id == submission_id)
			return &scores[i];
	return NULL;
}

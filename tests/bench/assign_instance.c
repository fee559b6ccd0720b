#include "assign_instance.h"

#include <string.h>
#include "optimise/rng.h"

enum { N_TOPICS = 30, N_MIXED = 4 };

/* Weights in millionths that sum up to about one; the same topic may come twice. */
static void mix(struct rng *r, float *weights)
{
	double shares[N_MIXED], sum = 0;

	memset(weights, 0, N_TOPICS * sizeof *weights);
	for (int i = 0; i < N_MIXED; i++)
		sum += shares[i] = rng_unit(r) * rng_unit(r);
	for (int i = 0; i < N_MIXED; i++) {
		/* the square of a lot: the first topics are drawn more often */
		double lot = rng_unit(r);
		weights[(int)(lot * lot * N_TOPICS)] += (float)(shares[i] / sum);
	}
}

static int32_t agreement(struct rng *r, const float *a, const float *b)
{
	double dot = 0;

	for (int t = 0; t < N_TOPICS; t++)
		dot += (double)a[t] * (double)b[t];
	double affinity = 0.9 * dot / (dot + 0.15) + 0.1 * rng_unit(r);
	return (int32_t)(affinity * ASSIGN_UNIT);
}

static void draw_topics(struct rng *r, const struct assign_shape *shape, int32_t *affinity)
{
	float *papers = heap_alloc((size_t)shape->n_papers * N_TOPICS * sizeof *papers);
	float *reviewers = heap_alloc((size_t)shape->n_reviewers * N_TOPICS * sizeof *reviewers);

	for (uint32_t i = 0; i < shape->n_papers; i++)
		mix(r, &papers[i * N_TOPICS]);
	for (uint32_t i = 0; i < shape->n_reviewers; i++)
		mix(r, &reviewers[i * N_TOPICS]);
	for (uint32_t i = 0; i < shape->n_papers; i++)
		for (uint32_t k = 0; k < shape->n_reviewers; k++)
			affinity[(size_t)i * shape->n_reviewers + k] =
				agreement(r, &papers[i * N_TOPICS], &reviewers[k * N_TOPICS]);
	heap_free(reviewers);
	heap_free(papers);
}

static int32_t step_of(int32_t affinity)
{
	static const int32_t from[] = {850000, 800000, 700000};

	for (int i = 0; i < 3; i++)
		if (affinity >= from[i])
			return ASSIGN_UNIT / 3 * (3 - i);
	return 0;
}

static uint32_t *all(struct arena *a, uint32_t n, uint32_t value)
{
	uint32_t *out = ARENA_RAW_ARRAY(a, n, uint32_t);

	for (uint32_t i = 0; i < n; i++)
		out[i] = value;
	return out;
}

void assign_instance_make(
	struct arena *a, const struct assign_shape *shape, struct assign_problem *out)
{
	size_t n = (size_t)shape->n_papers * shape->n_reviewers;
	struct rng r;

	rng_seed(&r, shape->seed);
	*out = (struct assign_problem){.n_papers = shape->n_papers,
		.n_reviewers = shape->n_reviewers,
		.affinity = ARENA_RAW_ARRAY(a, n, int32_t),
		.wanted = all(a, shape->n_papers, shape->wanted),
		.min_load = all(a, shape->n_reviewers, shape->min_load),
		.max_load = all(a, shape->n_reviewers, shape->max_load)};
	if (shape->kind == ASSIGN_UNIFORM)
		for (size_t i = 0; i < n; i++)
			out->affinity[i] = (int32_t)rng_below(&r, ASSIGN_UNIT + 1);
	else if (shape->kind == ASSIGN_ALIKE)
		for (size_t i = 0; i < n; i++)
			out->affinity[i] =
				(int32_t)(i % shape->n_reviewers * (ASSIGN_UNIT * 9 / 10) /
						  shape->n_reviewers +
					  rng_below(&r, ASSIGN_UNIT / 10));
	else
		draw_topics(&r, shape, out->affinity);
	for (size_t i = 0; i < n && shape->kind == ASSIGN_BIDS; i++)
		out->affinity[i] = step_of(out->affinity[i]);
	for (size_t i = 0; i < n && shape->barred_permille > 0; i++)
		if (rng_below(&r, 1000) < shape->barred_permille)
			out->affinity[i] = ASSIGN_BARRED;
}

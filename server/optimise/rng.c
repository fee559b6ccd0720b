#include "optimise/rng.h"

static uint64_t rotated(uint64_t x, int by)
{
	return (x << by) | (x >> (64 - by));
}

/* splitmix64 */
static uint64_t filler(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

void rng_seed(struct rng *r, uint64_t seed)
{
	for (size_t i = 0; i < 4; i++)
		r->s[i] = filler(&seed);
}

uint64_t rng_next(struct rng *r)
{
	uint64_t out = rotated(r->s[1] * 5, 7) * 9, t = r->s[1] << 17;

	r->s[2] ^= r->s[0];
	r->s[3] ^= r->s[1];
	r->s[1] ^= r->s[2];
	r->s[0] ^= r->s[3];
	r->s[2] ^= t;
	r->s[3] = rotated(r->s[3], 45);
	return out;
}

/* Lemire's: multiply, and draw again in the few cases that would not be even. */
uint32_t rng_below(struct rng *r, uint32_t n)
{
	uint64_t m = (rng_next(r) >> 32) * n;

	if ((uint32_t)m < n) {
		uint32_t uneven = (uint32_t)-n % n;
		while ((uint32_t)m < uneven)
			m = (rng_next(r) >> 32) * n;
	}
	return (uint32_t)(m >> 32);
}

double rng_unit(struct rng *r)
{
	return (double)(rng_next(r) >> 11) * 0x1p-53;
}

void rng_shuffle(struct rng *r, uint32_t *items, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		uint32_t k = rng_below(r, (uint32_t)i), kept = items[i - 1];
		items[i - 1] = items[k];
		items[k] = kept;
	}
}

/*
 * Lots that anybody can draw again: xoshiro256** (Blackman and Vigna, 2018), its state filled from
 * the seed by splitmix64. Results that people shall be able to recompute rest on these sequences, so
 * they never change. Not for secrets.
 */
#ifndef OPTIMISE_RNG_H
#define OPTIMISE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t s[4];
};

void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
uint32_t rng_below(struct rng *r, uint32_t n); /* uniform in 0..n-1; n > 0 */
double rng_unit(struct rng *r);                /* 0 <= x < 1, 53 bits */
/* Fisher-Yates, from the last place down. */
void rng_shuffle(struct rng *r, uint32_t *items, size_t n);

#endif

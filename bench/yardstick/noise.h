// Random numbers, sixteen streams side by side.
#ifndef NOISE_H
#define NOISE_H

#include <stdint.h>

enum { LANES = 16 };

typedef struct {
	uint32_t s[4][LANES]; // xoshiro128+
} rng;

void rng_seed(rng *r, uint64_t seed);

// add_gaussian sets dst = src + std * N(0, 1).
void add_gaussian(rng *r, float *restrict dst, const float *restrict src, int n, float std);

// mean_bernoulli3 sets dst to the mean of three Bernoulli(p) draws.
void mean_bernoulli3(rng *r, float *restrict dst, const float *restrict p, int n);

#endif

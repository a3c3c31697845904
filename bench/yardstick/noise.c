//go:build peers

#include "vec.h"

#include "noise.h"

// splitmix64 turns a seed into a state.
static uint64_t splitmix(uint64_t *x)
{
	uint64_t z = (*x += 0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

void rng_seed(rng *r, uint64_t seed)
{
	for (int i = 0; i < 4; i++)
		for (int l = 0; l < LANES; l++)
			r->s[i][l] = (uint32_t)(splitmix(&seed) >> 32);
}

VEC void next(rng *r, uint32_t out[LANES])
{
	for (int l = 0; l < LANES; l++) {
		uint32_t a = r->s[0][l], b = r->s[1][l], c = r->s[2][l], d = r->s[3][l];
		out[l] = a + d;
		uint32_t t = b << 9;
		c ^= a, d ^= b, b ^= c, a ^= d;
		c ^= t;
		d = d << 11 | d >> 21;
		r->s[0][l] = a, r->s[1][l] = b, r->s[2][l] = c, r->s[3][l] = d;
	}
}

// gaussians fills out with 2 * LANES normal numbers (Box-Muller).
VEC void gaussians(rng *r, float out[2 * LANES], float std)
{
	uint32_t a[LANES], b[LANES];
	next(r, a);
	next(r, b);
	for (int l = 0; l < LANES; l++) {
		float u = (float)(int32_t)(a[l] >> 8) * 0x1p-24f + 0x1p-25f; // in (0, 1)
		float turn = (float)(int32_t)b[l] * 0x1p-32f;                // in [-1/2, 1/2)
		float radius = std * sqrtf(-2 * log_positive(u));
		float s = sin_pi(turn), c = cos_pi(turn);
		out[l] = radius * (c * c - s * s);
		out[LANES + l] = radius * (2 * s * c);
	}
}

void add_gaussian(rng *r, float *restrict dst, const float *restrict src, int n, float std)
{
	rng own = *r;
	float z[2 * LANES];
	int i = 0;
	for (; i + 2 * LANES <= n; i += 2 * LANES) {
		gaussians(&own, z, std);
		for (int l = 0; l < 2 * LANES; l++)
			dst[i + l] = src[i + l] + z[l];
	}
	if (i < n) {
		gaussians(&own, z, std);
		for (int l = 0; l < 2 * LANES && i < n; i++, l++)
			dst[i] = src[i] + z[l];
	}
	*r = own;
}

// draws3 fills out with sums of three draws; count of p are given.
VEC void draws3(rng *r, float out[LANES], const float *p, int count)
{
	uint32_t a[LANES], b[LANES], c[LANES];
	next(r, a);
	next(r, b);
	next(r, c);
	for (int l = 0; l < count; l++) {
		float limit = p[l] * 0x1p24f;
		out[l] = ((float)(int32_t)(a[l] >> 8) < limit ? 1.0f / 3 : 0) +
			((float)(int32_t)(b[l] >> 8) < limit ? 1.0f / 3 : 0) +
			((float)(int32_t)(c[l] >> 8) < limit ? 1.0f / 3 : 0);
	}
}

void mean_bernoulli3(rng *r, float *restrict dst, const float *restrict p, int n)
{
	rng own = *r;
	int i = 0;
	for (; i + LANES <= n; i += LANES)
		draws3(&own, dst + i, p + i, LANES);
	if (i < n)
		draws3(&own, dst + i, p + i, n - i);
	*r = own;
}

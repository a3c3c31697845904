// Functions of one float that the compiler vectorises when they are called in a loop.
#ifndef VEC_H
#define VEC_H

#include <math.h>
#include <stdint.h>
#include <string.h>

// The compiler prefers 256 bits on some processors that have 512.
#ifdef __AVX512F__
#pragma GCC target("prefer-vector-width=512")
#endif

#define VEC static inline __attribute__((always_inline))

VEC float from_bits(int32_t i)
{
	float x;
	memcpy(&x, &i, sizeof x);
	return x;
}

VEC int32_t to_bits(float x)
{
	int32_t i;
	memcpy(&i, &x, sizeof i);
	return i;
}

// exp_negative returns e^x for x <= 0, not less than e^-87: relative error 2e-7.
VEC float exp_negative(float x)
{
	x = x < -87 ? -87 : x;
	float n = rintf(x * 1.44269504f);
	float r = x - n * 0.693147181f;
	float p = 0.00836914871f;
	p = p * r + 0.0419175066f;
	p = p * r + 0.166665047f;
	p = p * r + 0.499988705f;
	p = p * r + 1;
	p = p * r + 1.00000012f;
	return p * from_bits(((int32_t)n + 127) << 23);
}

// log1p_unit returns log(1 + t) for 0 <= t <= 1: relative error 2e-7.
VEC float log1p_unit(float t)
{
	float p = -0.00837115292f;
	p = p * t + 0.0434939004f;
	p = p * t - 0.106850028f;
	p = p * t + 0.176874772f;
	p = p * t - 0.244747743f;
	p = p * t + 0.332719296f;
	p = p * t - 0.499971747f;
	p = p * t + 0.999999762f;
	return p * t;
}

VEC float softplus(float z)
{
	return (z > 0 ? z : 0) + log1p_unit(exp_negative(-fabsf(z)));
}

VEC float sigmoid(float z)
{
	float e = exp_negative(-fabsf(z));
	float s = 1 / (1 + e);
	return z > 0 ? s : e * s;
}

// softplus_slope returns softplus(z) and its derivative, sigmoid(z), from one exponential.
VEC float softplus_slope(float z, float *slope)
{
	float e = exp_negative(-fabsf(z));
	float s = 1 / (1 + e);
	*slope = z > 0 ? s : e * s;
	return (z > 0 ? z : 0) + log1p_unit(e);
}

// log_positive returns log(x) for normal x > 0: error 1e-6, enough for noise.
VEC float log_positive(float x)
{
	const int32_t sqrt_half = 0x3f3504f3;
	int32_t i = to_bits(x) - sqrt_half;
	float e = (float)(i >> 23);
	float f = from_bits((i & 0x7fffff) + sqrt_half) - 1;
	float p = 0.116578065f;
	p = p * f - 0.1857384f;
	p = p * f + 0.205254436f;
	p = p * f - 0.249203369f;
	p = p * f + 0.333135635f;
	p = p * f - 0.500008762f;
	p = p * f + 1.00000107f;
	return p * f + e * 0.693147181f;
}

// sin_pi and cos_pi return sin and cos of pi u for |u| <= 1/2: error 1e-6.
VEC float sin_pi(float u)
{
	float s = u * u;
	float p = -0.55943501f;
	p = p * s + 2.54400015f;
	p = p * s - 5.16740561f;
	p = p * s + 3.14159036f;
	return p * u;
}

VEC float cos_pi(float u)
{
	float s = u * u;
	float p = 0.219682425f;
	p = p * s - 1.33187294f;
	p = p * s + 4.05841064f;
	p = p * s - 4.934793f;
	return p * s + 0.99999994f;
}

#endif

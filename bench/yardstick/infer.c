//go:build peers

#include "vec.h"

#include "state.h"

// first_h1: f1x = h1 = softplus(z1 + b).
static void first_h1(ys *t, const tile *q, const float *x)
{
	int n = t->c.dim[1], from, to;
	columns(q, n, &from, &to);
	const float *restrict b = t->maps[F1].b;
	for (int i = q->first; i < q->last; i++) {
		const float *restrict z = t->z1 + (size_t)i * n;
		float *restrict f = t->f1x + (size_t)i * n, *restrict h = pair_h1(t, q, i);
		for (int j = from; j < to; j++)
			f[j] = h[j] = softplus(z[j] + b[j]);
	}
}

// first_h2: h2 = sigmoid(z2 + b).
static void first_h2(ys *t, const tile *q, const float *x)
{
	int n = t->c.dim[2], from, to;
	columns(q, n, &from, &to);
	const float *restrict b = t->maps[F2].b;
	for (int i = q->first; i < q->last; i++) {
		const float *restrict z = z2_h1(t, q, i);
		float *restrict h = t->h2 + (size_t)i * n;
		for (int j = from; j < to; j++)
			h[j] = sigmoid(z[j] + b[j]);
	}
}

// step_h2: h2 += delta (f2(h1) - f2(g2(h2))).
static void step_h2(ys *t, const tile *q, const float *x)
{
	int n = t->c.dim[2], from, to;
	columns(q, n, &from, &to);
	const float *restrict b = t->maps[F2].b;
	float delta = t->c.delta;
	for (int i = q->first; i < q->last; i++) {
		const float *restrict z = z2_h1(t, q, i), *restrict y = z2_g2(t, q, i);
		float *restrict h = t->h2 + (size_t)i * n;
		for (int j = from; j < to; j++)
			h[j] += delta * (sigmoid(z[j] + b[j]) - sigmoid(y[j] + b[j]));
	}
}

// back_h1: g2(h2) = softplus(z1 + b).
static void back_h1(ys *t, const tile *q, const float *x)
{
	int n = t->c.dim[1], from, to;
	columns(q, n, &from, &to);
	const float *restrict b = t->maps[G2].b;
	for (int i = q->first; i < q->last; i++) {
		const float *restrict z = t->z1 + (size_t)i * n;
		float *restrict g = pair_g2(t, q, i);
		for (int j = from; j < to; j++)
			g[j] = softplus(z[j] + b[j]);
	}
}

// back_x: g1(h1) = sigmoid(z0 + b), in place.
static void back_x(ys *t, const tile *q, const float *x)
{
	int n = t->c.dim[0], from, to;
	columns(q, n, &from, &to);
	const float *restrict b = t->maps[G1].b;
	for (int i = q->first; i < q->last; i++) {
		float *restrict z = t->z0 + (size_t)i * n;
		for (int j = from; j < to; j++)
			z[j] = sigmoid(z[j] + b[j]);
	}
}

// step_h1: h1 += delta (f1(x) - f1(g1(h1))) + alpha (g2(h2) - h1).
static void step_h1(ys *t, const tile *q, const float *x)
{
	int n = t->c.dim[1], from, to;
	columns(q, n, &from, &to);
	const float *restrict b = t->maps[F1].b;
	float delta = t->c.delta, alpha = t->c.alpha;
	for (int i = q->first; i < q->last; i++) {
		const float *restrict z = t->z1 + (size_t)i * n, *restrict f = t->f1x + (size_t)i * n;
		const float *restrict g = pair_g2(t, q, i);
		float *restrict h = pair_h1(t, q, i);
		for (int j = from; j < to; j++)
			h[j] += delta * (f[j] - softplus(z[j] + b[j])) + alpha * (g[j] - h[j]);
	}
}

// infer is INFERENCE: three small products and two large ones an iteration, of which the
// two small ones through f2 are done as one.
void infer(ys *t, const tile *q, const float *x)
{
	const map *f = t->maps;
	const int *d = t->c.dim;
	size_t block = q->block;
	const float *h1 = pair_h1(t, q, q->block), *h2 = t->h2 + block * d[2];
	float *z0 = t->z0 + block * d[0], *z1 = t->z1 + block * d[1], *z2 = z2_h1(t, q, q->block);

	product(t, q, &f[F1], x + block * d[0], z1, q->rows);
	run(t, q, x, first_h1);
	meet(q);
	product(t, q, &f[F2], h1, z2, q->rows);
	run(t, q, x, first_h2);
	meet(q);
	product(t, q, &f[G2], h2, z1, q->rows);
	run(t, q, x, back_h1);
	meet(q);
	for (int n = 0; n < t->c.iterations; n++) {
		product(t, q, &f[F2], h1, z2, 2 * q->rows);
		run(t, q, x, step_h2);
		meet(q);
		product(t, q, &f[G2], h2, z1, q->rows);
		run(t, q, x, back_h1);
		product(t, q, &f[G1], h1, z0, q->rows);
		run(t, q, x, back_x);
		meet(q);
		product(t, q, &f[F1], z0, z1, q->rows);
		run(t, q, x, step_h1);
		meet(q);
	}
}

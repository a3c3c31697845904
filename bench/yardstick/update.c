//go:build peers

#include "vec.h"

#include "state.h"

// corrupt makes the four inputs of the update, each with noise of its own.
static void corrupt(ys *t, const tile *q, const float *x)
{
	const int *d = t->c.dim;
	rng *r = &t->noise[q->thread];
	float noise = t->c.noise ? 1 : 0;
	int from[3], to[3];
	for (int l = 0; l < 3; l++)
		columns(q, d[l], &from[l], &to[l]);
	for (int i = q->first; i < q->last; i++) {
		const float *h1 = pair_h1(t, q, i) + from[1];
		const float *h2 = t->h2 + (size_t)i * d[2] + from[2];
		float *spikes = t->maps[G2].input + (size_t)i * d[2] + from[2];
		add_gaussian(r, t->maps[G1].input + (size_t)i * d[1] + from[1], h1, to[1] - from[1], 0.3f * noise);
		add_gaussian(r, t->maps[F1].input + (size_t)i * d[0] + from[0], x + (size_t)i * d[0] + from[0], to[0] - from[0], 0.5f * noise);
		add_gaussian(r, t->maps[F2].input + (size_t)i * d[1] + from[1], h1, to[1] - from[1], 0.5f * noise);
		if (t->c.noise)
			mean_bernoulli3(r, spikes, h2, to[2] - from[2]);
		else
			memcpy(spikes, h2, sizeof *h2 * (to[2] - from[2]));
	}
}

// sigmoid_error turns sums into deltas of the squared error, in place, and returns the sum
// of squares.
VEC float sigmoid_error(float *restrict z, const float *restrict b, const float *restrict target, int from, int to, float scale)
{
	float sum = 0;
	for (int j = from; j < to; j++) {
		float y = sigmoid(z[j] + b[j]);
		float e = y - target[j];
		sum += e * e;
		z[j] = scale * e * (y - y * y);
	}
	return sum;
}

VEC float softplus_error(float *restrict z, const float *restrict b, const float *restrict target, int from, int to, float scale)
{
	float sum = 0;
	for (int j = from; j < to; j++) {
		float slope;
		float y = softplus_slope(z[j] + b[j], &slope);
		float e = y - target[j];
		sum += e * e;
		z[j] = scale * e * slope;
	}
	return sum;
}

// errors computes the deltas of all maps.
static void errors(ys *t, const tile *q, const float *x)
{
	const int *d = t->c.dim;
	map *f = t->maps;
	float scale = 2.0f / t->c.batch;
	double *sum = t->losses + MAPS * q->thread;
	int from[3], to[3];
	for (int l = 0; l < 3; l++)
		columns(q, d[l], &from[l], &to[l]);
	for (int m = 0; m < MAPS; m++)
		sum[m] = 0;
	for (int i = q->first; i < q->last; i++) {
		const float *h1 = pair_h1(t, q, i), *h2 = t->h2 + (size_t)i * d[2];
		sum[G1] += sigmoid_error(f[G1].error + (size_t)i * d[0], f[G1].b, x + (size_t)i * d[0], from[0], to[0], scale);
		sum[F1] += softplus_error(f[F1].error + (size_t)i * d[1], f[F1].b, h1, from[1], to[1], scale);
		sum[G2] += softplus_error(f[G2].error + (size_t)i * d[1], f[G2].b, h1, from[1], to[1], scale);
		sum[F2] += sigmoid_error(f[F2].error + (size_t)i * d[2], f[F2].b, h2, from[2], to[2], scale);
	}
}

// optimise is centred RMSProp with momentum on n parameters that start at offset.
static void optimise(const map *f, size_t offset, const float *restrict g, int n, float rate)
{
	float *restrict w = f->w + offset, *restrict a = f->a + offset;
	float *restrict v = f->v + offset, *restrict m = f->m + offset;
	for (int i = 0; i < n; i++) {
		float mean = 0.95f * a[i] + 0.05f * g[i];
		float square = 0.95f * v[i] + 0.05f * g[i] * g[i];
		float scale = 1 / sqrtf(square - mean * mean + 1e-4f);
		float momentum = 0.9f * m[i] - rate * g[i] * scale;
		a[i] = mean, v[i] = square, m[i] = momentum;
		w[i] += momentum;
	}
}

// BLOCK rows of weights are updated at a time: their gradient stays in the level 2 cache.
enum { BLOCK = 128 };

static int blocks(const map *f) { return (f->in + BLOCK - 1) / BLOCK; }

// update_rows updates rows from .. to - 1 of a map's weights: gradient = input' error.
static void update_rows(ys *t, const map *f, int from, int to, float *grad)
{
	((sgemm *)t->c.sgemm)(ROW_MAJOR, TRANS, NO_TRANS, to - from, f->out, t->c.batch, 1,
		f->input + from, f->in, f->error, f->out, 0, grad, f->out);
}

// update_bias updates a map's biases: gradient = column sums of error.
static void update_bias(ys *t, const map *f, float *restrict grad)
{
	memset(grad, 0, sizeof *grad * f->out);
	for (int i = 0; i < t->c.batch; i++) {
		const float *restrict e = f->error + (size_t)i * f->out;
		for (int j = 0; j < f->out; j++)
			grad[j] += e[j];
	}
	optimise(f, (size_t)f->in * f->out, grad, f->out, t->c.rate);
}

// update_divided updates all parameters in blocks, which threads take in turn. The last
// block of a map is its biases.
static void update_divided(ys *t, const tile *q)
{
	int first[MAPS + 1] = {0};
	for (int m = 0; m < MAPS; m++)
		first[m + 1] = first[m] + blocks(&t->maps[m]) + 1;
	float *grad = t->grad[q->thread];
#pragma omp for schedule(dynamic)
	for (int i = 0; i < first[MAPS]; i++) {
		int m = 0;
		while (i >= first[m + 1])
			m++;
		const map *f = &t->maps[m];
		int from = (i - first[m]) * BLOCK, to = from + BLOCK < f->in ? from + BLOCK : f->in;
		if (i + 1 == first[m + 1]) {
			update_bias(t, f, grad);
			continue;
		}
		update_rows(t, f, from, to, grad);
		optimise(f, (size_t)from * f->out, grad, (to - from) * f->out, t->c.rate);
	}
}

// update_by_library updates one map after the other, its gradient as one product.
static void update_by_library(ys *t)
{
	float *grad = t->grad[0];
	for (int m = 0; m < MAPS; m++) {
		const map *f = &t->maps[m];
		update_rows(t, f, 0, f->in, grad);
#pragma omp parallel for schedule(static) num_threads(t->c.threads)
		for (int i = 0; i < f->in; i++)
			optimise(f, (size_t)i * f->out, grad + (size_t)i * f->out, f->out, t->c.rate);
		update_bias(t, f, grad);
	}
}

// update is the M-step: every map takes one step on its own error, all from the same old
// parameters.
void update(ys *t, const tile *q, const float *x)
{
	run(t, q, x, corrupt);
	meet(q);
	for (int m = 0; m < MAPS; m++) {
		const map *f = &t->maps[m];
		product(t, q, f, f->input + (size_t)q->block * f->in, f->error + (size_t)q->block * f->out, q->rows);
	}
	run(t, q, x, errors);
	if (t->c.division == BY_LIBRARY) {
		update_by_library(t);
		return;
	}
#pragma omp barrier
	update_divided(t, q);
}

//go:build peers

#include "state.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

float *floats(size_t n)
{
	const size_t large = 2 << 20;
	size_t size = n * sizeof(float), align = size < large ? 64 : large;
	size = (size + align - 1) / align * align;
	float *p = aligned_alloc(align, size);
	if (!p)
		abort();
	if (align == large)
		madvise(p, size, MADV_HUGEPAGE);
	memset(p, 0, size);
	return p;
}

static void new_map(map *f, int in, int out, int batch)
{
	size_t n = (size_t)(in + 1) * out;
	f->in = in, f->out = out;
	f->w = floats(n), f->a = floats(n), f->v = floats(n), f->m = floats(n);
	f->b = f->w + (size_t)in * out;
	f->input = floats((size_t)batch * in), f->error = floats((size_t)batch * out);
}

ys *ys_new(const ys_config *config)
{
	ys *t = calloc(1, sizeof *t);
	t->c = *config;
	const int *d = t->c.dim;
	size_t batch = t->c.batch;
	new_map(&t->maps[G1], d[1], d[0], batch);
	new_map(&t->maps[F1], d[0], d[1], batch);
	new_map(&t->maps[G2], d[2], d[1], batch);
	new_map(&t->maps[F2], d[1], d[2], batch);
	t->f1x = floats(batch * d[1]);
	t->pair = floats(2 * batch * d[1]);
	t->h2 = floats(batch * d[2]);
	t->z0 = floats(batch * d[0]);
	t->z1 = floats(batch * d[1]);
	t->z2 = floats(2 * batch * d[2]);
	t->losses = calloc(t->c.threads, MAPS * sizeof *t->losses);
	t->noise = aligned_alloc(64, t->c.threads * sizeof *t->noise);
	t->grad = calloc(t->c.threads, sizeof *t->grad);
	size_t largest = 0;
	for (int m = 0; m < MAPS; m++)
		if ((size_t)t->maps[m].in * t->maps[m].out > largest)
			largest = (size_t)t->maps[m].in * t->maps[m].out;
	for (int i = 0; i < t->c.threads; i++) {
		rng_seed(&t->noise[i], t->c.seed + 0x9e3779b9ull * i);
		t->grad[i] = floats(largest);
	}
	return t;
}

void ys_free(ys *t)
{
	for (int m = 0; m < MAPS; m++) {
		map *f = &t->maps[m];
		free(f->w), free(f->a), free(f->v), free(f->m), free(f->input), free(f->error);
	}
	for (int i = 0; i < t->c.threads; i++)
		free(t->grad[i]);
	free(t->f1x), free(t->pair), free(t->h2), free(t->z0), free(t->z1), free(t->z2);
	free(t->losses), free(t->noise), free(t->grad), free(t);
}

float *ys_weights(ys *t, int m) { return t->maps[m].w; }
float *ys_bias(ys *t, int m) { return t->maps[m].b; }

// share returns the first row of the i-th of n shares.
static int share(int rows, int i, int n) { return rows * i / n; }

// tile_of returns the part of thread i.
static tile tile_of(const ys *t, int i)
{
	int batch = t->c.batch, threads = t->c.threads;
	tile q = {.thread = i, .rows = batch, .last = batch, .parts = 1};
	switch (t->c.division) {
	case BY_ROWS:
		q.block = q.first = share(batch, i, threads);
		q.last = share(batch, i + 1, threads);
		q.rows = q.last - q.first;
		break;
	case BY_COLUMNS:
		q.part = i, q.parts = threads;
		break;
	}
	return q;
}

void run(ys *t, const tile *q, const float *x, pass *p)
{
	if (t->c.division != BY_LIBRARY) {
		p(t, q, x);
		return;
	}
#pragma omp parallel num_threads(t->c.threads)
	{
		tile mine = *q;
		mine.thread = omp_get_thread_num();
		mine.first = share(q->rows, mine.thread, omp_get_num_threads());
		mine.last = share(q->rows, mine.thread + 1, omp_get_num_threads());
		p(t, &mine, x);
	}
}

void product(ys *t, const tile *q, const map *f, const float *input, float *sums, int rows)
{
	int from, to;
	columns(q, f->out, &from, &to);
	if (rows > 0 && from < to)
		((sgemm *)t->c.sgemm)(ROW_MAJOR, NO_TRANS, NO_TRANS, rows, to - from, f->in, 1,
			input, f->in, f->w + from, f->out, 0, sums + from, f->out);
}

void meet(const tile *q)
{
	if (q->parts > 1) {
#pragma omp barrier
	}
}

static void step_tile(ys *t, const tile *q, const float *x)
{
	infer(t, q, x);
	update(t, q, x);
}

void ys_step(ys *t, const float *x, double losses[MAPS])
{
	void (*set_threads)(int) = (void (*)(int))t->c.set_threads;
	if (t->c.division == BY_LIBRARY) {
		set_threads(t->c.threads);
		tile q = tile_of(t, 0);
		step_tile(t, &q, x);
	} else {
		set_threads(1);
#pragma omp parallel num_threads(t->c.threads)
		{
			tile q = tile_of(t, omp_get_thread_num());
			step_tile(t, &q, x);
		}
	}
	for (int m = 0; m < MAPS; m++) {
		losses[m] = 0;
		for (int i = 0; i < t->c.threads; i++)
			losses[m] += t->losses[MAPS * i + m];
		losses[m] /= t->c.batch;
	}
}

void ys_latent(const ys *t, float *h1, float *h2)
{
	const int *d = t->c.dim;
	int tiles = t->c.division == BY_ROWS ? t->c.threads : 1;
	for (int i = 0; i < tiles; i++) {
		tile q = tile_of(t, i);
		memcpy(h1 + (size_t)q.block * d[1], pair_h1(t, &q, q.block), sizeof *h1 * q.rows * d[1]);
	}
	memcpy(h2, t->h2, sizeof *h2 * t->c.batch * d[2]);
}

// The state of a training run, and what one thread sees of it.
#ifndef STATE_H
#define STATE_H

#include <stddef.h>

#include "noise.h"
#include "yardstick.h"

// sgemm is the type of cblas_sgemm, and its constants.
typedef void sgemm(int order, int transa, int transb, int m, int n, int k, float alpha,
	const float *a, int lda, const float *b, int ldb, float beta, float *c, int ldc);
enum { ROW_MAJOR = 101, NO_TRANS = 111, TRANS = 112 };

// floats returns n zeroed floats: on a cache line, or on large pages if they are many.
float *floats(size_t n);

// map is an affine map and its optimiser: gradient mean a, mean square v, momentum m.
typedef struct {
	int in, out;
	float *w, *b; // w is in x out; b follows it in memory, as one more row
	float *a, *v, *m;
	float *input, *error; // of the update: corrupted input, batch x in; delta, batch x out
} map;

struct ys {
	ys_config c;
	map maps[MAPS];
	rng *noise;   // one for each thread
	float **grad; // block of a gradient, one for each thread
	float *f1x;   // f1(x), constant in INFERENCE
	float *pair;  // h1 and g2(h2), see pair_h1
	float *h2;
	float *z0, *z1, *z2; // sums for x, h1, and for h2 of both halves of pair
	double *losses;      // of each thread
};

// tile is the part of a layer that belongs to one thread. Examples come in blocks: a thread
// that has its own rows has its own block, else there is one. The rows that it computes
// are a part of the block only if the library divides the products.
typedef struct {
	int thread;
	int block, rows;  // first row of the block, and how many
	int first, last;  // rows for elementwise passes
	int part, parts;  // columns: which of how many parts
} tile;

// columns sets the columns of a layer of n units: multiples of a cache line.
static inline void columns(const tile *q, int n, int *from, int *to)
{
	int step = ((n + q->parts - 1) / q->parts + 15) / 16 * 16;
	*from = q->part * step < n ? q->part * step : n;
	*to = *from + step < n ? *from + step : n;
}

// pair holds, for each block, the rows of h1 and then those of g2(h2), so that f2 of both
// is one product.
static inline float *pair_h1(const ys *t, const tile *q, int row)
{
	return t->pair + (size_t)(q->block + row) * t->c.dim[1];
}

static inline float *pair_g2(const ys *t, const tile *q, int row)
{
	return pair_h1(t, q, row) + (size_t)q->rows * t->c.dim[1];
}

// z2_h1 and z2_g2 are the rows of the sums of f2 for both halves.
static inline float *z2_h1(const ys *t, const tile *q, int row)
{
	return t->z2 + (size_t)(q->block + row) * t->c.dim[2];
}

static inline float *z2_g2(const ys *t, const tile *q, int row)
{
	return z2_h1(t, q, row) + (size_t)q->rows * t->c.dim[2];
}

// A pass is an elementwise step on one tile. run does it for the thread's tile or, if the
// library divides the products, on all threads at once.
typedef void pass(ys *t, const tile *q, const float *x);
void run(ys *t, const tile *q, const float *x, pass *p);

// product computes sums = input w for the rows of the block (or as many as given), in the
// thread's columns.
void product(ys *t, const tile *q, const map *f, const float *input, float *sums, int rows);

// meet waits for the threads that share a layer's columns.
void meet(const tile *q);

void infer(ys *t, const tile *q, const float *x);
void update(ys *t, const tile *q, const float *x);

#endif

//go:build peers

#include "vec.h"

#include "classifier.h"
#include "state.h"

#include <omp.h>
#include <stdlib.h>

enum { LAYERS_MOST = 16, ROWS = 128 }; // rows of weights whose gradient stays in the level 2 cache

// layer is a map with its optimiser and what it computes of a minibatch.
typedef struct {
	int in, out;
	float *w, *b; // w is in x out; b follows it in memory, as one more row
	float *mean, *square;
	float *y, *delta; // results and their error, batch x out
} layer;

struct cl {
	cl_config c;
	int step;
	layer layers[LAYERS_MOST];
	double *losses; // of each thread
	float **grad;   // a block of a gradient, one for each thread
};

cl *cl_new(const cl_config *config)
{
	cl *t = calloc(1, sizeof *t);
	t->c = *config;
	size_t most = 0;
	for (int i = 0; i < t->c.maps; i++) {
		layer *l = &t->layers[i];
		l->in = config->dim[i], l->out = config->dim[i + 1];
		size_t n = (size_t)(l->in + 1) * l->out, units = (size_t)t->c.batch * l->out;
		l->w = floats(n), l->mean = floats(n), l->square = floats(n);
		l->b = l->w + (size_t)l->in * l->out;
		l->y = floats(units), l->delta = floats(units);
		if ((size_t)l->out > most)
			most = l->out;
	}
	t->c.dim = NULL; // the caller's
	t->losses = calloc(t->c.threads, sizeof *t->losses);
	t->grad = calloc(t->c.threads, sizeof *t->grad);
	for (int i = 0; i < t->c.threads; i++)
		t->grad[i] = floats(ROWS * most);
	return t;
}

void cl_free(cl *t)
{
	for (int i = 0; i < t->c.maps; i++) {
		layer *l = &t->layers[i];
		free(l->w), free(l->mean), free(l->square), free(l->y), free(l->delta);
	}
	for (int i = 0; i < t->c.threads; i++)
		free(t->grad[i]);
	free(t->losses), free(t->grad), free(t);
}

float *cl_weights(cl *t, int map) { return t->layers[map].w; }
float *cl_bias(cl *t, int map) { return t->layers[map].b; }

// part is what a thread computes: some rows of the minibatch and some units of each layer.
static tile part_of(const cl *t, int i)
{
	int batch = t->c.batch, threads = t->c.threads;
	tile q = {.thread = i, .first = 0, .last = batch, .parts = 1};
	if (t->c.by_columns)
		q.part = i, q.parts = threads;
	else
		q.first = batch * i / threads, q.last = batch * (i + 1) / threads;
	return q;
}

VEC float tanh_unit(float z)
{
	float e = exp_negative(-2 * fabsf(z));
	float y = (1 - e) / (1 + e);
	return z < 0 ? -y : y;
}

static void add_bias_tanh(float *restrict y, const float *restrict b, int n)
{
	for (int j = 0; j < n; j++)
		y[j] = tanh_unit(y[j] + b[j]);
}

static void slope(float *restrict d, const float *restrict y, int n)
{
	for (int j = 0; j < n; j++)
		d[j] *= 1 - y[j] * y[j];
}

// up computes a layer from the one below.
static void up(cl *t, const tile *q, layer *l, const float *input, int hidden)
{
	int from, to, rows = q->last - q->first;
	columns(q, l->out, &from, &to);
	if (rows < 1 || from >= to)
		return;
	float *y = l->y + (size_t)q->first * l->out + from;
	((sgemm *)t->c.sgemm)(ROW_MAJOR, NO_TRANS, NO_TRANS, rows, to - from, l->in, 1,
		input + (size_t)q->first * l->in, l->in, l->w + from, l->out, 0, y, l->out);
	if (hidden)
		for (int i = 0; i < rows; i++)
			add_bias_tanh(y + (size_t)i * l->out, l->b + from, to - from);
}

// compare finds the losses of some rows and the error of the top: softmax minus target.
static double compare(const cl *t, layer *l, const unsigned char *labels, int first, int last)
{
	double loss = 0;
	int n = l->out;
	for (int i = first; i < last; i++) {
		float *z = l->y + (size_t)i * n, *d = l->delta + (size_t)i * n, most = -INFINITY, sum = 0;
		for (int j = 0; j < n; j++) {
			z[j] += l->b[j];
			most = z[j] > most ? z[j] : most;
		}
		for (int j = 0; j < n; j++)
			sum += d[j] = exp_negative(z[j] - most);
		loss += logf(sum) + most - z[labels[i]];
		for (int j = 0; j < n; j++)
			d[j] = (d[j] / sum - (j == labels[i])) / t->c.batch;
	}
	return loss;
}

// down computes the error of a layer from the one above.
static void down(cl *t, const tile *q, layer *l, const layer *above)
{
	int from, to, rows = q->last - q->first;
	columns(q, l->out, &from, &to);
	if (rows < 1 || from >= to)
		return;
	size_t at = (size_t)q->first * l->out + from;
	((sgemm *)t->c.sgemm)(ROW_MAJOR, NO_TRANS, TRANS, rows, to - from, above->out, 1,
		above->delta + (size_t)q->first * above->out, above->out, above->w + (size_t)from * above->out, above->out,
		0, l->delta + at, l->out);
	for (int i = 0; i < rows; i++)
		slope(l->delta + at + (size_t)i * l->out, l->y + at + (size_t)i * l->out, to - from);
}

// adam takes a step for n parameters from offset on.
static void adam(const cl *t, const layer *l, size_t offset, const float *restrict g, int n, float rate, float unbias)
{
	float *restrict w = l->w + offset, *restrict m = l->mean + offset, *restrict v = l->square + offset;
	float b1 = t->c.decay1, b2 = t->c.decay2, epsilon = t->c.epsilon;
	for (int i = 0; i < n; i++) {
		float mean = b1 * m[i] + (1 - b1) * g[i];
		float square = b2 * v[i] + (1 - b2) * g[i] * g[i];
		m[i] = mean, v[i] = square;
		w[i] -= rate * mean / (sqrtf(square * unbias) + epsilon);
	}
}

// change updates all parameters, in blocks that threads take in turn. The last block of a
// map is its biases.
static void change(cl *t, const tile *q, const float *x, float rate, float unbias)
{
	int first[LAYERS_MOST + 1] = {0};
	for (int m = 0; m < t->c.maps; m++)
		first[m + 1] = first[m] + (t->layers[m].in + ROWS - 1) / ROWS + 1;
	float *restrict grad = t->grad[q->thread];
#pragma omp for schedule(dynamic)
	for (int i = 0; i < first[t->c.maps]; i++) {
		int m = 0;
		while (i >= first[m + 1])
			m++;
		const layer *l = &t->layers[m];
		const float *input = m > 0 ? t->layers[m - 1].y : x;
		int from = (i - first[m]) * ROWS, to = from + ROWS < l->in ? from + ROWS : l->in;
		if (i + 1 < first[m + 1]) {
			((sgemm *)t->c.sgemm)(ROW_MAJOR, TRANS, NO_TRANS, to - from, l->out, t->c.batch, 1,
				input + from, l->in, l->delta, l->out, 0, grad, l->out);
			adam(t, l, (size_t)from * l->out, grad, (to - from) * l->out, rate, unbias);
			continue;
		}
		memset(grad, 0, sizeof *grad * l->out);
		for (int r = 0; r < t->c.batch; r++)
			for (int j = 0; j < l->out; j++)
				grad[j] += l->delta[(size_t)r * l->out + j];
		adam(t, l, (size_t)l->in * l->out, grad, l->out, rate, unbias);
	}
}

double cl_step(cl *t, const float *x, const unsigned char *labels)
{
	int top = t->c.maps - 1;
	t->step++;
	float rate = t->c.rate / (1 - powf(t->c.decay1, t->step));
	float unbias = 1 / (1 - powf(t->c.decay2, t->step));
	((void (*)(int))t->c.set_threads)(1);
#pragma omp parallel num_threads(t->c.threads)
	{
		tile q = part_of(t, omp_get_thread_num());
		for (int m = 0; m <= top; m++) {
			up(t, &q, &t->layers[m], m > 0 ? t->layers[m - 1].y : x, m < top);
			meet(&q);
		}
		int batch = t->c.batch, i = q.thread, n = t->c.threads;
		t->losses[i] = compare(t, &t->layers[top], labels, batch * i / n, batch * (i + 1) / n);
		meet(&q);
		for (int m = top - 1; m >= 0; m--) {
			down(t, &q, &t->layers[m], &t->layers[m + 1]);
			meet(&q);
		}
#pragma omp barrier
		change(t, &q, x, rate, unbias);
	}
	double loss = 0;
	for (int i = 0; i < t->c.threads; i++)
		loss += t->losses[i];
	return loss / t->c.batch;
}

// Algorithm 2 on cblas_sgemm. Matrices are row-major; a map's weights are in x out.
#ifndef YARDSTICK_H
#define YARDSTICK_H

enum { G1, F1, G2, F2, MAPS }; // g1: h1 -> x, f1: x -> h1, g2: h2 -> h1, f2: h1 -> h2

// How threads share the work of a step.
enum {
	BY_ROWS,    // each thread has its own examples and never waits within INFERENCE
	BY_COLUMNS, // each thread has its own units and waits for the others after a layer
	BY_LIBRARY, // the library divides each product, and OpenMP each elementwise pass
};

typedef struct {
	int dim[3]; // units of x, h1, h2
	int batch, iterations;
	float delta, alpha, rate;
	int noise; // 0 leaves the corruption out, for tests
	int threads, division;
	unsigned long long seed;
	void *sgemm, *set_threads; // of the library
} ys_config;

typedef struct ys ys;

ys *ys_new(const ys_config *config);
void ys_free(ys *t);
float *ys_weights(ys *t, int map);
float *ys_bias(ys *t, int map);
void ys_step(ys *t, const float *x, double losses[MAPS]);
void ys_latent(const ys *t, float *h1, float *h2); // what the last step inferred

#endif

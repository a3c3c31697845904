// A classifier by back-propagation on cblas_sgemm: tanh units and a softmax on top, with
// Adam. Matrices are row-major; a map's weights are in x out.
#ifndef CLASSIFIER_H
#define CLASSIFIER_H

typedef struct {
	const int *dim; // units of the inputs, the hidden layers and the classes
	int maps;       // one less than there are layers
	int batch;
	float rate, decay1, decay2, epsilon; // Adam
	int threads, by_columns;             // by rows, or by the units of each layer
	void *sgemm, *set_threads;           // of the library
} cl_config;

typedef struct cl cl;

cl *cl_new(const cl_config *config);
void cl_free(cl *t);
float *cl_weights(cl *t, int map);
float *cl_bias(cl *t, int map);
double cl_step(cl *t, const float *x, const unsigned char *labels); // returns the mean loss

#endif

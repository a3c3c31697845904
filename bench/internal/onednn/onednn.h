// What Go needs of oneDNN. Every function returns 0 or a dnnl_status_t.
#ifndef ONEDNN_H
#define ONEDNN_H

#include <stdbool.h>

enum { TP_IDENTITY, TP_SOFTPLUS, TP_SIGMOID, TP_TANH, TP_EXP, TP_LOG };

typedef struct tp_op tp_op; // a prepared operation

// tp_sgemm computes c = a b, row-major, the given number of times. With trans_a a is stored
// transposed.
int tp_sgemm(int threads, bool trans_a, int times, int m, int n, int k, const float *a, const float *b, float *c);

// tp_affine_new prepares y = act(x w + bias), x m x k, w k x n, bias of n. The weights are
// copied into the layout that oneDNN prefers.
int tp_affine_new(tp_op **op, int threads, int m, int n, int k, const float *w, const float *bias, int act);

// tp_eltwise_new prepares y = f(x) on n elements.
int tp_eltwise_new(tp_op **op, int threads, int n, int f);

int tp_run(tp_op *op, const float *x, float *y);
const char *tp_kernel(const tp_op *op); // name of the implementation
void tp_free(tp_op *op);

int tp_isa(void); // dnnl_cpu_isa_t in use
void tp_version(int *major, int *minor, int *patch);

#endif

//go:build peers

#include "onednn.h"

#include <dnnl.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

// TRY returns the status of a call that failed.
#define TRY(call)                       \
	do {                                \
		dnnl_status_t status_ = (call); \
		if (status_ != dnnl_success)    \
			return status_;             \
	} while (0)

enum { MAX_ARGS = 5 };

struct tp_op {
	int threads;
	dnnl_primitive_t primitive;
	dnnl_exec_arg_t args[MAX_ARGS];
	int nargs;
	dnnl_memory_t src, dst; // also among args
	char kernel[64];
};

// Engine and stream are made once and live as long as the process. Nothing here is for
// concurrent use.
static dnnl_engine_t engine;
static dnnl_stream_t stream;

static dnnl_status_t start(void)
{
	if (stream)
		return dnnl_success;
	if (!engine)
		TRY(dnnl_engine_create(&engine, dnnl_cpu, 0));
	return dnnl_stream_create(&stream, engine, dnnl_stream_default_flags);
}

static const dnnl_alg_kind_t eltwise[] = {
	[TP_SOFTPLUS] = dnnl_eltwise_soft_relu,
	[TP_SIGMOID] = dnnl_eltwise_logistic,
	[TP_TANH] = dnnl_eltwise_tanh,
	[TP_EXP] = dnnl_eltwise_exp,
	[TP_LOG] = dnnl_eltwise_log,
};

// add_arg makes a memory object over data (or one of oneDNN's own) the next argument.
static dnnl_status_t add_arg(tp_op *op, int arg, const dnnl_memory_desc_t *desc, void *data, dnnl_memory_t *out)
{
	dnnl_memory_t mem;
	TRY(dnnl_memory_create(&mem, desc, engine, data));
	op->args[op->nargs].arg = arg;
	op->args[op->nargs++].memory = mem;
	if (out)
		*out = mem;
	return dnnl_success;
}

// finish makes the primitive and its scratchpad. The scratchpad is the operation's own:
// oneDNN's default one may be used only from the thread that made the primitive.
static dnnl_status_t finish(tp_op *op, const_dnnl_primitive_desc_t pd)
{
	const char *name;
	TRY(dnnl_primitive_desc_query(pd, dnnl_query_impl_info_str, 0, &name));
	snprintf(op->kernel, sizeof op->kernel, "%s", name);
	TRY(dnnl_primitive_create(&op->primitive, pd));
	const dnnl_memory_desc_t *pad = dnnl_primitive_desc_query_md(pd, dnnl_query_scratchpad_md, 0);
	return add_arg(op, DNNL_ARG_SCRATCHPAD, pad, DNNL_MEMORY_ALLOCATE, NULL);
}

static dnnl_status_t new_attr(dnnl_primitive_attr_t *attr, int act)
{
	TRY(dnnl_primitive_attr_create(attr));
	TRY(dnnl_primitive_attr_set_scratchpad_mode(*attr, dnnl_scratchpad_mode_user));
	if (act == TP_IDENTITY)
		return dnnl_success;
	dnnl_post_ops_t post;
	TRY(dnnl_post_ops_create(&post));
	TRY(dnnl_post_ops_append_eltwise(post, 1, eltwise[act], 0, 0));
	TRY(dnnl_primitive_attr_set_post_ops(*attr, post));
	return dnnl_post_ops_destroy(post);
}

// set_weights copies w, row-major, into a new argument of the layout to.
static dnnl_status_t set_weights(tp_op *op, const dnnl_memory_desc_t *from, const float *w, const dnnl_memory_desc_t *to)
{
	dnnl_memory_t plain, packed;
	dnnl_primitive_desc_t pd;
	dnnl_primitive_t reorder;
	TRY(add_arg(op, DNNL_ARG_WEIGHTS, to, DNNL_MEMORY_ALLOCATE, &packed));
	TRY(dnnl_memory_create(&plain, from, engine, (void *)w));
	TRY(dnnl_reorder_primitive_desc_create(&pd, from, engine, to, engine, NULL));
	TRY(dnnl_primitive_create(&reorder, pd));
	dnnl_exec_arg_t args[] = {{DNNL_ARG_FROM, plain}, {DNNL_ARG_TO, packed}};
	TRY(dnnl_primitive_execute(reorder, stream, 2, args));
	TRY(dnnl_stream_wait(stream));
	TRY(dnnl_primitive_destroy(reorder));
	TRY(dnnl_primitive_desc_destroy(pd));
	return dnnl_memory_destroy(plain);
}

static dnnl_status_t build_affine(tp_op *op, int m, int n, int k, const float *w, const float *bias, int act)
{
	dnnl_dims_t xdims = {m, k}, wdims = {k, n}, bdims = {1, n}, ydims = {m, n};
	dnnl_memory_desc_t x, plain, any, b, y;
	TRY(dnnl_memory_desc_init_by_tag(&x, 2, xdims, dnnl_f32, dnnl_ab));
	TRY(dnnl_memory_desc_init_by_tag(&plain, 2, wdims, dnnl_f32, dnnl_ab));
	TRY(dnnl_memory_desc_init_by_tag(&any, 2, wdims, dnnl_f32, dnnl_format_tag_any));
	TRY(dnnl_memory_desc_init_by_tag(&b, 2, bdims, dnnl_f32, dnnl_ab));
	TRY(dnnl_memory_desc_init_by_tag(&y, 2, ydims, dnnl_f32, dnnl_ab));

	dnnl_matmul_desc_t desc;
	dnnl_primitive_attr_t attr;
	dnnl_primitive_desc_t pd;
	TRY(dnnl_matmul_desc_init(&desc, &x, &any, &b, &y));
	TRY(new_attr(&attr, act));
	TRY(dnnl_primitive_desc_create(&pd, &desc, attr, engine, NULL));

	TRY(add_arg(op, DNNL_ARG_SRC, &x, DNNL_MEMORY_NONE, &op->src));
	TRY(add_arg(op, DNNL_ARG_DST, &y, DNNL_MEMORY_NONE, &op->dst));
	TRY(set_weights(op, &plain, w, dnnl_primitive_desc_query_md(pd, dnnl_query_weights_md, 0)));
	dnnl_memory_t own;
	TRY(add_arg(op, DNNL_ARG_BIAS, &b, DNNL_MEMORY_ALLOCATE, &own));
	float *to;
	TRY(dnnl_memory_get_data_handle(own, (void **)&to));
	for (int j = 0; j < n; j++)
		to[j] = bias[j];
	TRY(finish(op, pd));
	TRY(dnnl_primitive_desc_destroy(pd));
	return dnnl_primitive_attr_destroy(attr);
}

static dnnl_status_t build_eltwise(tp_op *op, int n, int f)
{
	dnnl_dims_t dims = {n};
	dnnl_memory_desc_t x;
	TRY(dnnl_memory_desc_init_by_tag(&x, 1, dims, dnnl_f32, dnnl_a));
	dnnl_eltwise_desc_t desc;
	dnnl_primitive_attr_t attr;
	dnnl_primitive_desc_t pd;
	TRY(dnnl_eltwise_forward_desc_init(&desc, dnnl_forward_inference, eltwise[f], &x, 0, 0));
	TRY(new_attr(&attr, TP_IDENTITY));
	TRY(dnnl_primitive_desc_create(&pd, &desc, attr, engine, NULL));
	TRY(add_arg(op, DNNL_ARG_SRC, &x, DNNL_MEMORY_NONE, &op->src));
	TRY(add_arg(op, DNNL_ARG_DST, &x, DNNL_MEMORY_NONE, &op->dst));
	TRY(finish(op, pd));
	TRY(dnnl_primitive_desc_destroy(pd));
	return dnnl_primitive_attr_destroy(attr);
}

int tp_affine_new(tp_op **op, int threads, int m, int n, int k, const float *w, const float *bias, int act)
{
	omp_set_num_threads(threads);
	TRY(start());
	*op = calloc(1, sizeof **op);
	(*op)->threads = threads;
	dnnl_status_t status = build_affine(*op, m, n, k, w, bias, act);
	if (status != dnnl_success)
		tp_free(*op);
	return status;
}

int tp_eltwise_new(tp_op **op, int threads, int n, int f)
{
	omp_set_num_threads(threads);
	TRY(start());
	*op = calloc(1, sizeof **op);
	(*op)->threads = threads;
	dnnl_status_t status = build_eltwise(*op, n, f);
	if (status != dnnl_success)
		tp_free(*op);
	return status;
}

int tp_run(tp_op *op, const float *x, float *y)
{
	omp_set_num_threads(op->threads);
	TRY(dnnl_memory_set_data_handle(op->src, (void *)x));
	TRY(dnnl_memory_set_data_handle(op->dst, y));
	TRY(dnnl_primitive_execute(op->primitive, stream, op->nargs, op->args));
	return dnnl_stream_wait(stream);
}

const char *tp_kernel(const tp_op *op) { return op->kernel; }

void tp_free(tp_op *op)
{
	for (int i = 0; i < op->nargs; i++)
		dnnl_memory_destroy(op->args[i].memory);
	if (op->primitive)
		dnnl_primitive_destroy(op->primitive);
	free(op);
}

int tp_sgemm(int threads, bool trans_a, int times, int m, int n, int k, const float *a, const float *b, float *c)
{
	omp_set_num_threads(threads);
	for (int i = 0; i < times; i++)
		TRY(dnnl_sgemm(trans_a ? 'T' : 'N', 'N', m, n, k, 1, a, trans_a ? m : k, b, n, 0, c, n));
	return dnnl_success;
}

int tp_isa(void) { return dnnl_get_effective_cpu_isa(); }

void tp_version(int *major, int *minor, int *patch)
{
	const dnnl_version_t *v = dnnl_version();
	*major = v->major, *minor = v->minor, *patch = v->patch;
}

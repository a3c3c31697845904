// Calls of CBLAS routines by address, row-major, each the given number of times in one
// crossing from Go to C.
#ifndef BENCH_CBLAS_H
#define BENCH_CBLAS_H

enum { ROW_MAJOR = 101 };

#define TIMES(call) for (int i = 0; i < times; i++) call
#define AS(...) ((void (*)(__VA_ARGS__))f)

#define ROUTINES(P, T)                                                                                                        \
	static T P##dot(void *f, int times, int n, T *x, int ix, T *y, int iy)                                                    \
	{                                                                                                                         \
		T sum = 0;                                                                                                            \
		TIMES(sum = ((T(*)(int, T *, int, T *, int))f)(n, x, ix, y, iy));                                                     \
		return sum;                                                                                                           \
	}                                                                                                                         \
	static T P##norm(void *f, int times, int n, T *x, int ix) /* nrm2 and asum */                                             \
	{                                                                                                                         \
		T sum = 0;                                                                                                            \
		TIMES(sum = ((T(*)(int, T *, int))f)(n, x, ix));                                                                      \
		return sum;                                                                                                           \
	}                                                                                                                         \
	static void P##axpy(void *f, int times, int n, T alpha, T *x, int ix, T *y, int iy)                                       \
	{                                                                                                                         \
		TIMES(AS(int, T, T *, int, T *, int)(n, alpha, x, ix, y, iy));                                                        \
	}                                                                                                                         \
	static void P##scal(void *f, int times, int n, T alpha, T *x, int ix) { TIMES(AS(int, T, T *, int)(n, alpha, x, ix)); }   \
	static void P##gemv(void *f, int times, int t, int m, int n, T alpha, T *a, int la, T *x, int ix, T beta, T *y, int iy)   \
	{                                                                                                                         \
		TIMES(AS(int, int, int, int, T, T *, int, T *, int, T, T *, int)(ROW_MAJOR, t, m, n, alpha, a, la, x, ix, beta, y, iy)); \
	}                                                                                                                         \
	static void P##symv(void *f, int times, int u, int n, T alpha, T *a, int la, T *x, int ix, T beta, T *y, int iy)          \
	{                                                                                                                         \
		TIMES(AS(int, int, int, T, T *, int, T *, int, T, T *, int)(ROW_MAJOR, u, n, alpha, a, la, x, ix, beta, y, iy));       \
	}                                                                                                                         \
	static void P##ger(void *f, int times, int m, int n, T alpha, T *x, int ix, T *y, int iy, T *a, int la)                   \
	{                                                                                                                         \
		TIMES(AS(int, int, int, T, T *, int, T *, int, T *, int)(ROW_MAJOR, m, n, alpha, x, ix, y, iy, a, la));               \
	}                                                                                                                         \
	static void P##syr2(void *f, int times, int u, int n, T alpha, T *x, int ix, T *y, int iy, T *a, int la)                  \
	{                                                                                                                         \
		TIMES(AS(int, int, int, T, T *, int, T *, int, T *, int)(ROW_MAJOR, u, n, alpha, x, ix, y, iy, a, la));               \
	}                                                                                                                         \
	static void P##trv(void *f, int times, int u, int t, int d, int n, T *a, int la, T *x, int ix) /* trmv and trsv */        \
	{                                                                                                                         \
		TIMES(AS(int, int, int, int, int, T *, int, T *, int)(ROW_MAJOR, u, t, d, n, a, la, x, ix));                          \
	}                                                                                                                         \
	static void P##gemm(void *f, int times, int ta, int tb, int m, int n, int k, T alpha, T *a, int la, T *b, int lb,         \
		T beta, T *c, int lc)                                                                                                 \
	{                                                                                                                         \
		TIMES(AS(int, int, int, int, int, int, T, T *, int, T *, int, T, T *, int)(ROW_MAJOR, ta, tb, m, n, k, alpha, a, la, b, lb, beta, c, lc)); \
	}                                                                                                                         \
	static void P##symm(void *f, int times, int s, int u, int m, int n, T alpha, T *a, int la, T *b, int lb, T beta, T *c,    \
		int lc)                                                                                                               \
	{                                                                                                                         \
		TIMES(AS(int, int, int, int, int, T, T *, int, T *, int, T, T *, int)(ROW_MAJOR, s, u, m, n, alpha, a, la, b, lb, beta, c, lc)); \
	}                                                                                                                         \
	static void P##syrk(void *f, int times, int u, int t, int n, int k, T alpha, T *a, int la, T beta, T *c, int lc)          \
	{                                                                                                                         \
		TIMES(AS(int, int, int, int, int, T, T *, int, T, T *, int)(ROW_MAJOR, u, t, n, k, alpha, a, la, beta, c, lc));       \
	}                                                                                                                         \
	static void P##syr2k(void *f, int times, int u, int t, int n, int k, T alpha, T *a, int la, T *b, int lb, T beta, T *c,   \
		int lc)                                                                                                               \
	{                                                                                                                         \
		TIMES(AS(int, int, int, int, int, T, T *, int, T *, int, T, T *, int)(ROW_MAJOR, u, t, n, k, alpha, a, la, b, lb, beta, c, lc)); \
	}                                                                                                                         \
	static void P##trm(void *f, int times, int s, int u, int t, int d, int m, int n, T alpha, T *a, int la, T *b, int lb)     \
	{ /* trmm and trsm */                                                                                                     \
		TIMES(AS(int, int, int, int, int, int, int, T, T *, int, T *, int)(ROW_MAJOR, s, u, t, d, m, n, alpha, a, la, b, lb)); \
	}

#endif

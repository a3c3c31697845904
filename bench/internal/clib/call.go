//go:build peers

package clib

/*
#cgo CFLAGS: -O2
#cgo noescape clib_sgemm
#cgo nocallback clib_sgemm

#include <stdbool.h>

typedef void (*sgemm_func)(int order, int transa, int transb, int m, int n, int k,
	float alpha, const float *a, int lda, const float *b, int ldb, float beta, float *c, int ldc);

// clib_sgemm calls a cblas_sgemm, row-major: C = A B, where A may be stored transposed.
static void clib_sgemm(void *f, bool trans_a, int times, int m, int n, int k, float *a, float *b, float *c)
{
	enum { ROW_MAJOR = 101, NO_TRANS = 111, TRANS = 112 };
	for (int i = 0; i < times; i++)
		((sgemm_func)f)(ROW_MAJOR, trans_a ? TRANS : NO_TRANS, NO_TRANS, m, n, k, 1, a, trans_a ? m : k, b, n, 0, c, n);
}

static void clib_do(void *f) { ((void (*)(void))f)(); }
static void clib_set_int(void *f, int v) { ((void (*)(int))f)(v); }
static void clib_set_long(void *f, long v) { ((void (*)(long))f)(v); }
static int clib_get_int(void *f) { return ((int (*)(void))f)(); }
static const char *clib_get_string(void *f) { return ((const char *(*)(void))f)(); }
static const char *clib_string_of(void *f, int v) { return ((const char *(*)(int))f)(v); }
*/
import "C"

import "unsafe"

// Sgemm calls f, a cblas_sgemm, the given number of times in one crossing from Go to C:
// c = a b with a m x k, b k x n, c m x n, all row-major and without gaps. With transA
// a is stored k x m.
func Sgemm(f Func, transA bool, times, m, n, k int, a, b, c []float32) {
	if len(a) < m*k || len(b) < k*n || len(c) < m*n {
		panic("clib: Sgemm: slice too short")
	}
	C.clib_sgemm(unsafe.Pointer(f), C.bool(transA), C.int(times), C.int(m), C.int(n), C.int(k),
		(*C.float)(unsafe.SliceData(a)), (*C.float)(unsafe.SliceData(b)), (*C.float)(unsafe.SliceData(c)))
}

// Do calls f, a void f(void).
func Do(f Func) { C.clib_do(unsafe.Pointer(f)) }

// SetInt calls f, a void f(int).
func SetInt(f Func, v int) { C.clib_set_int(unsafe.Pointer(f), C.int(v)) }

// SetLong calls f, a void f(long).
func SetLong(f Func, v int) { C.clib_set_long(unsafe.Pointer(f), C.long(v)) }

// Int calls f, an int f(void).
func Int(f Func) int { return int(C.clib_get_int(unsafe.Pointer(f))) }

// String calls f, a char *f(void).
func String(f Func) string { return C.GoString(C.clib_get_string(unsafe.Pointer(f))) }

// StringOf calls f, a char *f(int).
func StringOf(f Func, v int) string { return C.GoString(C.clib_string_of(unsafe.Pointer(f), C.int(v))) }

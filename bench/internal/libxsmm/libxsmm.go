//go:build peers

package libxsmm

/*
#cgo CFLAGS: -O2
#cgo LDFLAGS: -lxsmm -lxsmmnoblas -lm -ldl -lpthread
#cgo noescape xsmm_dgemm
#cgo nocallback xsmm_dgemm
#cgo noescape xsmm_sgemm
#cgo nocallback xsmm_sgemm

#include <libxsmm.h>

// PRODUCT is C = A B, row-major and without gaps. libxsmm is column-major, in which the
// same memory is the transposes: it computes their product, B' A'.
#define PRODUCT(P, T)                                                                          \
	static int xsmm_##P##gemm(int times, int m, int n, int k, const T *a, const T *b, T *c)    \
	{                                                                                          \
		const T one = 1, zero = 0;                                                             \
		const int flags = LIBXSMM_GEMM_FLAG_NONE;                                              \
		libxsmm_##P##mmfunction f = libxsmm_##P##mmdispatch(n, m, k, &n, &k, &n, &one, &zero, &flags, NULL); \
		if (!f)                                                                                \
			return 0;                                                                          \
		for (int i = 0; i < times; i++)                                                        \
			f(b, a, c);                                                                        \
		return 1;                                                                              \
	}

PRODUCT(d, double)
PRODUCT(s, float)

static const char *xsmm_version(void) { return LIBXSMM_VERSION; }
*/
import "C"

import "unsafe"

// MaxSide is the largest side of a product that libxsmm is made for.
const MaxSide = 64

// Dgemm computes c = a b, all row-major and without gaps: a m x k, b k x n, c m x n. It does
// so that many times. It panics if libxsmm has no code for the shape.
func Dgemm(times, m, n, k int, a, b, c []float64) {
	if len(a) < m*k || len(b) < k*n || len(c) < m*n {
		panic("libxsmm: Dgemm: slice too short")
	}
	if C.xsmm_dgemm(C.int(times), C.int(m), C.int(n), C.int(k), (*C.double)(unsafe.SliceData(a)), (*C.double)(unsafe.SliceData(b)), (*C.double)(unsafe.SliceData(c))) == 0 {
		panic("libxsmm: Dgemm: no code for the shape")
	}
}

// Sgemm is Dgemm of float32.
func Sgemm(times, m, n, k int, a, b, c []float32) {
	if len(a) < m*k || len(b) < k*n || len(c) < m*n {
		panic("libxsmm: Sgemm: slice too short")
	}
	if C.xsmm_sgemm(C.int(times), C.int(m), C.int(n), C.int(k), (*C.float)(unsafe.SliceData(a)), (*C.float)(unsafe.SliceData(b)), (*C.float)(unsafe.SliceData(c))) == 0 {
		panic("libxsmm: Sgemm: no code for the shape")
	}
}

// Version is that of the library, such as "1.17".
func Version() string { return C.GoString(C.xsmm_version()) }

// Arch is the instruction set that it generates code for: "hsw" is AVX2, "skx" AVX-512.
func Arch() string {
	C.libxsmm_init()
	return C.GoString(C.libxsmm_get_target_arch())
}

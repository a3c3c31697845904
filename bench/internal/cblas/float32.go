//go:build peers

package cblas

/*
#cgo CFLAGS: -O2
#cgo noescape sdot
#cgo nocallback sdot
#cgo noescape snorm
#cgo nocallback snorm
#cgo noescape saxpy
#cgo nocallback saxpy
#cgo noescape sscal
#cgo nocallback sscal
#cgo noescape sgemv
#cgo nocallback sgemv
#cgo noescape ssymv
#cgo nocallback ssymv
#cgo noescape sger
#cgo nocallback sger
#cgo noescape ssyr2
#cgo nocallback ssyr2
#cgo noescape strv
#cgo nocallback strv
#cgo noescape sgemm
#cgo nocallback sgemm
#cgo noescape ssymm
#cgo nocallback ssymm
#cgo noescape ssyrk
#cgo nocallback ssyrk
#cgo noescape ssyr2k
#cgo nocallback ssyr2k
#cgo noescape strm
#cgo nocallback strm
#include "cblas.h"

ROUTINES(s, float)
*/
import "C"

import (
	"unsafe"

	"gonum.org/v1/gonum/blas"
)

// p32 is the address of the first element.
func p32(x []float32) *C.float { return (*C.float)(unsafe.SliceData(x)) }

func (r Routines) Sdot(n int, x []float32, incX int, y []float32, incY int) float32 {
	return float32(C.sdot(unsafe.Pointer(r.single.dot), C.int(r.times), C.int(n), p32(x), C.int(incX), p32(y), C.int(incY)))
}

func (r Routines) Snrm2(n int, x []float32, incX int) float32 {
	return float32(C.snorm(unsafe.Pointer(r.single.nrm2), C.int(r.times), C.int(n), p32(x), C.int(incX)))
}

func (r Routines) Sasum(n int, x []float32, incX int) float32 {
	return float32(C.snorm(unsafe.Pointer(r.single.asum), C.int(r.times), C.int(n), p32(x), C.int(incX)))
}

func (r Routines) Saxpy(n int, alpha float32, x []float32, incX int, y []float32, incY int) {
	C.saxpy(unsafe.Pointer(r.single.axpy), C.int(r.times), C.int(n), C.float(alpha), p32(x), C.int(incX), p32(y), C.int(incY))
}

func (r Routines) Sscal(n int, alpha float32, x []float32, incX int) {
	C.sscal(unsafe.Pointer(r.single.scal), C.int(r.times), C.int(n), C.float(alpha), p32(x), C.int(incX))
}

func (r Routines) Sgemv(tA blas.Transpose, m, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	C.sgemv(unsafe.Pointer(r.single.gemv), C.int(r.times), C.int(transpose(tA)), C.int(m), C.int(n), C.float(alpha), p32(a), C.int(lda), p32(x), C.int(incX), C.float(beta), p32(y), C.int(incY))
}

func (r Routines) Ssymv(ul blas.Uplo, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	C.ssymv(unsafe.Pointer(r.single.symv), C.int(r.times), C.int(triangle(ul)), C.int(n), C.float(alpha), p32(a), C.int(lda), p32(x), C.int(incX), C.float(beta), p32(y), C.int(incY))
}

func (r Routines) Sger(m, n int, alpha float32, x []float32, incX int, y []float32, incY int, a []float32, lda int) {
	C.sger(unsafe.Pointer(r.single.ger), C.int(r.times), C.int(m), C.int(n), C.float(alpha), p32(x), C.int(incX), p32(y), C.int(incY), p32(a), C.int(lda))
}

func (r Routines) Ssyr2(ul blas.Uplo, n int, alpha float32, x []float32, incX int, y []float32, incY int, a []float32, lda int) {
	C.ssyr2(unsafe.Pointer(r.single.syr2), C.int(r.times), C.int(triangle(ul)), C.int(n), C.float(alpha), p32(x), C.int(incX), p32(y), C.int(incY), p32(a), C.int(lda))
}

func (r Routines) Strmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float32, lda int, x []float32, incX int) {
	C.strv(unsafe.Pointer(r.single.trmv), C.int(r.times), C.int(triangle(ul)), C.int(transpose(tA)), C.int(diagonal(d)), C.int(n), p32(a), C.int(lda), p32(x), C.int(incX))
}

func (r Routines) Strsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float32, lda int, x []float32, incX int) {
	C.strv(unsafe.Pointer(r.single.trsv), C.int(r.times), C.int(triangle(ul)), C.int(transpose(tA)), C.int(diagonal(d)), C.int(n), p32(a), C.int(lda), p32(x), C.int(incX))
}

func (r Routines) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	C.sgemm(unsafe.Pointer(r.single.gemm), C.int(r.times), C.int(transpose(tA)), C.int(transpose(tB)), C.int(m), C.int(n), C.int(k), C.float(alpha), p32(a), C.int(lda), p32(b), C.int(ldb), C.float(beta), p32(c), C.int(ldc))
}

func (r Routines) Ssymm(s blas.Side, ul blas.Uplo, m, n int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	C.ssymm(unsafe.Pointer(r.single.symm), C.int(r.times), C.int(side(s)), C.int(triangle(ul)), C.int(m), C.int(n), C.float(alpha), p32(a), C.int(lda), p32(b), C.int(ldb), C.float(beta), p32(c), C.int(ldc))
}

func (r Routines) Ssyrk(ul blas.Uplo, t blas.Transpose, n, k int, alpha float32, a []float32, lda int, beta float32, c []float32, ldc int) {
	C.ssyrk(unsafe.Pointer(r.single.syrk), C.int(r.times), C.int(triangle(ul)), C.int(transpose(t)), C.int(n), C.int(k), C.float(alpha), p32(a), C.int(lda), C.float(beta), p32(c), C.int(ldc))
}

func (r Routines) Ssyr2k(ul blas.Uplo, t blas.Transpose, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	C.ssyr2k(unsafe.Pointer(r.single.syr2k), C.int(r.times), C.int(triangle(ul)), C.int(transpose(t)), C.int(n), C.int(k), C.float(alpha), p32(a), C.int(lda), p32(b), C.int(ldb), C.float(beta), p32(c), C.int(ldc))
}

func (r Routines) Strmm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float32, a []float32, lda int, b []float32, ldb int) {
	C.strm(unsafe.Pointer(r.single.trmm), C.int(r.times), C.int(side(s)), C.int(triangle(ul)), C.int(transpose(tA)), C.int(diagonal(d)), C.int(m), C.int(n), C.float(alpha), p32(a), C.int(lda), p32(b), C.int(ldb))
}

func (r Routines) Strsm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float32, a []float32, lda int, b []float32, ldb int) {
	C.strm(unsafe.Pointer(r.single.trsm), C.int(r.times), C.int(side(s)), C.int(triangle(ul)), C.int(transpose(tA)), C.int(diagonal(d)), C.int(m), C.int(n), C.float(alpha), p32(a), C.int(lda), p32(b), C.int(ldb))
}

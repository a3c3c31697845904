//go:build peers

package cblas

/*
#cgo CFLAGS: -O2
#cgo noescape ddot
#cgo nocallback ddot
#cgo noescape dnorm
#cgo nocallback dnorm
#cgo noescape daxpy
#cgo nocallback daxpy
#cgo noescape dscal
#cgo nocallback dscal
#cgo noescape dgemv
#cgo nocallback dgemv
#cgo noescape dsymv
#cgo nocallback dsymv
#cgo noescape dger
#cgo nocallback dger
#cgo noescape dsyr2
#cgo nocallback dsyr2
#cgo noescape dtrv
#cgo nocallback dtrv
#cgo noescape dgemm
#cgo nocallback dgemm
#cgo noescape dsymm
#cgo nocallback dsymm
#cgo noescape dsyrk
#cgo nocallback dsyrk
#cgo noescape dsyr2k
#cgo nocallback dsyr2k
#cgo noescape dtrm
#cgo nocallback dtrm
#include "cblas.h"

ROUTINES(d, double)
*/
import "C"

import (
	"unsafe"

	"gonum.org/v1/gonum/blas"
)

// p64 is the address of the first element.
func p64(x []float64) *C.double { return (*C.double)(unsafe.SliceData(x)) }

func (r Routines) Ddot(n int, x []float64, incX int, y []float64, incY int) float64 {
	return float64(C.ddot(unsafe.Pointer(r.double.dot), C.int(r.times), C.int(n), p64(x), C.int(incX), p64(y), C.int(incY)))
}

func (r Routines) Dnrm2(n int, x []float64, incX int) float64 {
	return float64(C.dnorm(unsafe.Pointer(r.double.nrm2), C.int(r.times), C.int(n), p64(x), C.int(incX)))
}

func (r Routines) Dasum(n int, x []float64, incX int) float64 {
	return float64(C.dnorm(unsafe.Pointer(r.double.asum), C.int(r.times), C.int(n), p64(x), C.int(incX)))
}

func (r Routines) Daxpy(n int, alpha float64, x []float64, incX int, y []float64, incY int) {
	C.daxpy(unsafe.Pointer(r.double.axpy), C.int(r.times), C.int(n), C.double(alpha), p64(x), C.int(incX), p64(y), C.int(incY))
}

func (r Routines) Dscal(n int, alpha float64, x []float64, incX int) {
	C.dscal(unsafe.Pointer(r.double.scal), C.int(r.times), C.int(n), C.double(alpha), p64(x), C.int(incX))
}

func (r Routines) Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	C.dgemv(unsafe.Pointer(r.double.gemv), C.int(r.times), C.int(transpose(tA)), C.int(m), C.int(n), C.double(alpha), p64(a), C.int(lda), p64(x), C.int(incX), C.double(beta), p64(y), C.int(incY))
}

func (r Routines) Dsymv(ul blas.Uplo, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	C.dsymv(unsafe.Pointer(r.double.symv), C.int(r.times), C.int(triangle(ul)), C.int(n), C.double(alpha), p64(a), C.int(lda), p64(x), C.int(incX), C.double(beta), p64(y), C.int(incY))
}

func (r Routines) Dger(m, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	C.dger(unsafe.Pointer(r.double.ger), C.int(r.times), C.int(m), C.int(n), C.double(alpha), p64(x), C.int(incX), p64(y), C.int(incY), p64(a), C.int(lda))
}

func (r Routines) Dsyr2(ul blas.Uplo, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	C.dsyr2(unsafe.Pointer(r.double.syr2), C.int(r.times), C.int(triangle(ul)), C.int(n), C.double(alpha), p64(x), C.int(incX), p64(y), C.int(incY), p64(a), C.int(lda))
}

func (r Routines) Dtrmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int) {
	C.dtrv(unsafe.Pointer(r.double.trmv), C.int(r.times), C.int(triangle(ul)), C.int(transpose(tA)), C.int(diagonal(d)), C.int(n), p64(a), C.int(lda), p64(x), C.int(incX))
}

func (r Routines) Dtrsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int) {
	C.dtrv(unsafe.Pointer(r.double.trsv), C.int(r.times), C.int(triangle(ul)), C.int(transpose(tA)), C.int(diagonal(d)), C.int(n), p64(a), C.int(lda), p64(x), C.int(incX))
}

func (r Routines) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	C.dgemm(unsafe.Pointer(r.double.gemm), C.int(r.times), C.int(transpose(tA)), C.int(transpose(tB)), C.int(m), C.int(n), C.int(k), C.double(alpha), p64(a), C.int(lda), p64(b), C.int(ldb), C.double(beta), p64(c), C.int(ldc))
}

func (r Routines) Dsymm(s blas.Side, ul blas.Uplo, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	C.dsymm(unsafe.Pointer(r.double.symm), C.int(r.times), C.int(side(s)), C.int(triangle(ul)), C.int(m), C.int(n), C.double(alpha), p64(a), C.int(lda), p64(b), C.int(ldb), C.double(beta), p64(c), C.int(ldc))
}

func (r Routines) Dsyrk(ul blas.Uplo, t blas.Transpose, n, k int, alpha float64, a []float64, lda int, beta float64, c []float64, ldc int) {
	C.dsyrk(unsafe.Pointer(r.double.syrk), C.int(r.times), C.int(triangle(ul)), C.int(transpose(t)), C.int(n), C.int(k), C.double(alpha), p64(a), C.int(lda), C.double(beta), p64(c), C.int(ldc))
}

func (r Routines) Dsyr2k(ul blas.Uplo, t blas.Transpose, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	C.dsyr2k(unsafe.Pointer(r.double.syr2k), C.int(r.times), C.int(triangle(ul)), C.int(transpose(t)), C.int(n), C.int(k), C.double(alpha), p64(a), C.int(lda), p64(b), C.int(ldb), C.double(beta), p64(c), C.int(ldc))
}

func (r Routines) Dtrmm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int) {
	C.dtrm(unsafe.Pointer(r.double.trmm), C.int(r.times), C.int(side(s)), C.int(triangle(ul)), C.int(transpose(tA)), C.int(diagonal(d)), C.int(m), C.int(n), C.double(alpha), p64(a), C.int(lda), p64(b), C.int(ldb))
}

func (r Routines) Dtrsm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int) {
	C.dtrm(unsafe.Pointer(r.double.trsm), C.int(r.times), C.int(side(s)), C.int(triangle(ul)), C.int(transpose(tA)), C.int(diagonal(d)), C.int(m), C.int(n), C.double(alpha), p64(a), C.int(lda), p64(b), C.int(ldb))
}

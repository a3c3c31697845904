package gonumblas

import (
	"runtime"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/blas/level3"
	"github.com/targetprop/targetprop/internal/view"
)

// The routines of level 3 for both types of elements. Each returns false, and has done
// nothing, if its arguments are not for it.

func symm[T view.Float](on *backend, s blas.Side, ul blas.Uplo, m, n int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) bool {
	square, okA := matrix(order(s, m, n), order(s, m, n), a, lda)
	other, okB := matrix(m, n, b, ldb)
	result, okC := matrix(m, n, c, ldc)
	if !okA || !okB || !okC || !isSide(s) || !isUplo(ul) {
		return false
	}
	level3.Symm(on.core, s == blas.Left, ul == blas.Upper, alpha, square, other, beta, result)
	runtime.KeepAlive(on)
	return true
}

func syrk[T view.Float](on *backend, ul blas.Uplo, t blas.Transpose, n, k int, alpha T, a []T, lda int, beta T, c []T, ldc int) bool {
	factor, trans, okA := transposable(t, n, k, a, lda)
	result, okC := matrix(n, n, c, ldc)
	if !okA || !okC || !isUplo(ul) {
		return false
	}
	level3.Syrk(on.core, ul == blas.Upper, trans, alpha, factor, beta, result)
	runtime.KeepAlive(on)
	return true
}

func syr2k[T view.Float](on *backend, ul blas.Uplo, t blas.Transpose, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) bool {
	first, trans, okA := transposable(t, n, k, a, lda)
	second, _, okB := transposable(t, n, k, b, ldb)
	result, okC := matrix(n, n, c, ldc)
	if !okA || !okB || !okC || !isUplo(ul) {
		return false
	}
	level3.Syr2k(on.core, ul == blas.Upper, trans, alpha, first, second, beta, result)
	runtime.KeepAlive(on)
	return true
}

func trmm[T view.Float](on *backend, s blas.Side, ul blas.Uplo, t blas.Transpose, d blas.Diag, m, n int, alpha T, a []T, lda int, b []T, ldb int) bool {
	tri, okA := triangle(ul, t, d, order(s, m, n), a, lda)
	other, okB := matrix(m, n, b, ldb)
	if !okA || !okB || !isSide(s) {
		return false
	}
	level3.Trmm(on.core, s == blas.Left, alpha, tri, other)
	runtime.KeepAlive(on)
	return true
}

func trsm[T view.Float](on *backend, s blas.Side, ul blas.Uplo, t blas.Transpose, d blas.Diag, m, n int, alpha T, a []T, lda int, b []T, ldb int) bool {
	tri, okA := triangle(ul, t, d, order(s, m, n), a, lda)
	other, okB := matrix(m, n, b, ldb)
	if !okA || !okB || !isSide(s) {
		return false
	}
	level3.Trsm(on.core, s == blas.Left, alpha, tri, other)
	runtime.KeepAlive(on)
	return true
}

func gemm[T view.Float](on *backend, tA, tB blas.Transpose, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) bool {
	left, transA, okA := transposable(tA, m, k, a, lda)
	right, transB, okB := transposable(tB, k, n, b, ldb)
	result, okC := matrix(m, n, c, ldc)
	if !okA || !okB || !okC {
		return false
	}
	level3.Gemm(on.core, transA, transB, alpha, left, right, beta, result)
	runtime.KeepAlive(on)
	return true
}

package gonumblas

import (
	"runtime"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/blas/level2"
	"github.com/targetprop/targetprop/internal/blas/level3"
	"github.com/targetprop/targetprop/internal/view"
)

// The routines of level 3 for both types of elements. Each returns false, and has done
// nothing, if its arguments are wrong or empty. The smallest would feel it if operands were
// laid out in memory before it is known that they are small.

func gemm[T view.Float](on *backend, tA, tB blas.Transpose, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) bool {
	if !holdsOp(tA, m, k, len(a), lda) || !holdsOp(tB, k, n, len(b), ldb) || !holds(m, n, len(c), ldc) {
		return false
	}
	transA, transB := tA != blas.NoTrans, tB != blas.NoTrans
	level3.Gemm(on.core, transA, transB, alpha, stored(transA, m, k, a, lda), stored(transB, k, n, b, ldb), beta, matrix(m, n, c, ldc))
	runtime.KeepAlive(on)
	return true
}

func symm[T view.Float](on *backend, s blas.Side, ul blas.Uplo, m, n int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) bool {
	k := order(s, m, n)
	if !isSide(s) || !isUplo(ul) || !holds(k, k, len(a), lda) || !holds(m, n, len(b), ldb) || !holds(m, n, len(c), ldc) {
		return false
	}
	left, upper := s == blas.Left, ul == blas.Upper
	if !level3.SmallSymm(left, upper, m, n, alpha, a, lda, b, ldb, beta, c, ldc) {
		level3.Symm(on.core, left, upper, alpha, matrix(k, k, a, lda), matrix(m, n, b, ldb), beta, matrix(m, n, c, ldc))
	}
	runtime.KeepAlive(on)
	return true
}

func syrk[T view.Float](on *backend, ul blas.Uplo, t blas.Transpose, n, k int, alpha T, a []T, lda int, beta T, c []T, ldc int) bool {
	if !isUplo(ul) || !holdsOp(t, n, k, len(a), lda) || !holds(n, n, len(c), ldc) {
		return false
	}
	upper, trans := ul == blas.Upper, t != blas.NoTrans
	if !level3.SmallSyrk(upper, trans, n, k, alpha, a, lda, beta, c, ldc) {
		level3.Syrk(on.core, upper, trans, alpha, stored(trans, n, k, a, lda), beta, matrix(n, n, c, ldc))
	}
	runtime.KeepAlive(on)
	return true
}

func syr2k[T view.Float](on *backend, ul blas.Uplo, t blas.Transpose, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) bool {
	if !isUplo(ul) || !holdsOp(t, n, k, len(a), lda) || !holdsOp(t, n, k, len(b), ldb) || !holds(n, n, len(c), ldc) {
		return false
	}
	upper, trans := ul == blas.Upper, t != blas.NoTrans
	if !level3.SmallSyr2k(upper, trans, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
		level3.Syr2k(on.core, upper, trans, alpha, stored(trans, n, k, a, lda), stored(trans, n, k, b, ldb), beta, matrix(n, n, c, ldc))
	}
	runtime.KeepAlive(on)
	return true
}

func trmm[T view.Float](on *backend, s blas.Side, ul blas.Uplo, t blas.Transpose, d blas.Diag, m, n int, alpha T, a []T, lda int, b []T, ldb int) bool {
	k := order(s, m, n)
	if !isSide(s) || !holdsTriangle(ul, t, d, k, len(a), lda) || !holds(m, n, len(b), ldb) {
		return false
	}
	left, upper, trans, unit := s == blas.Left, ul == blas.Upper, t != blas.NoTrans, d == blas.Unit
	if !level3.SmallTriangular(left, false, upper, trans, unit, m, n, alpha, a, lda, b, ldb) {
		level3.Trmm(on.core, left, alpha, level3.Triangle[T]{Matrix: matrix(k, k, a, lda), Upper: upper, Trans: trans, Unit: unit}, matrix(m, n, b, ldb))
	}
	runtime.KeepAlive(on)
	return true
}

func trsm[T view.Float](on *backend, s blas.Side, ul blas.Uplo, t blas.Transpose, d blas.Diag, m, n int, alpha T, a []T, lda int, b []T, ldb int) bool {
	k := order(s, m, n)
	if !isSide(s) || !holdsTriangle(ul, t, d, k, len(a), lda) || !holds(m, n, len(b), ldb) {
		return false
	}
	left, upper, trans, unit := s == blas.Left, ul == blas.Upper, t != blas.NoTrans, d == blas.Unit
	switch inc, ok := vectorOf(left, m, n, ldb); {
	case level3.SmallTriangular(left, true, upper, trans, unit, m, n, alpha, a, lda, b, ldb):
	case ok && alpha == 1:
		level2.Trsv(on.core.ISA, upper, trans == left, unit, k, a, lda, b, inc)
	default:
		level3.Trsm(on.core, left, alpha, level3.Triangle[T]{Matrix: matrix(k, k, a, lda), Upper: upper, Trans: trans, Unit: unit}, matrix(m, n, b, ldb))
	}
	runtime.KeepAlive(on)
	return true
}

// vectorOf tells whether the operand of a triangle is a vector, and its increment: a column on
// the left of which the triangle stands, or a row on the right, of which it is the transpose.
func vectorOf(left bool, m, n, ldb int) (inc int, ok bool) {
	if left {
		return ldb, n == 1
	}
	return 1, m == 1
}

// clearLower sets the lower triangle of c to 0.
func clearLower[T view.Float](n int, c []T, ldc int) {
	for i := range n {
		clear(c[i*ldc : i*ldc+i+1])
	}
}

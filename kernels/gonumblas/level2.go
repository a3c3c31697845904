package gonumblas

import (
	"runtime"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/blas/level2"
	"github.com/targetprop/targetprop/internal/view"
)

// The routines of level 2 for both types of elements, as those of level 3. Banded and packed
// matrices are gonum's.

func gemv[T view.Float](on *backend, t blas.Transpose, m, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int) bool {
	lenX, lenY := n, m
	if t != blas.NoTrans {
		lenX, lenY = m, n
	}
	if on.apartFaster(m*n, apartMatrix, incX == 1 && incY == 1) || !isTranspose(t) || !holds(m, n, len(a), lda) || !holdsVector(lenX, len(x), incX) || !holdsVector(lenY, len(y), incY) {
		return false
	}
	level2.Gemv(on.core.Pool, on.core.ISA, t != blas.NoTrans, m, n, alpha, a, lda, x, incX, beta, y, incY)
	runtime.KeepAlive(on)
	return true
}

func ger[T view.Float](on *backend, m, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int) bool {
	faster := on.apartFaster(m*n, apartMatrix, incX == 1 && incY == 1) && incX > 0 && incY > 0 // gonum's reads outside of other vectors
	if faster || !holds(m, n, len(a), lda) || !holdsVector(m, len(x), incX) || !holdsVector(n, len(y), incY) {
		return false
	}
	level2.Ger(on.core.Pool, on.core.ISA, m, n, alpha, x, incX, y, incY, a, lda)
	runtime.KeepAlive(on)
	return true
}

func symv[T view.Float](on *backend, ul blas.Uplo, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int) bool {
	if on.apartFaster(n, apartTriangle, incX == 1 && incY == 1) || !isUplo(ul) || !holds(n, n, len(a), lda) || !holdsVector(n, len(x), incX) || !holdsVector(n, len(y), incY) {
		return false
	}
	level2.Symv(on.core.Pool, on.core.ISA, ul == blas.Upper, n, alpha, a, lda, x, incX, beta, y, incY)
	runtime.KeepAlive(on)
	return true
}

func syr[T view.Float](on *backend, ul blas.Uplo, n int, alpha T, x []T, incX int, a []T, lda int) bool {
	if on.apartFaster(n, apartTriangle, incX == 1) || !isUplo(ul) || !holds(n, n, len(a), lda) || !holdsVector(n, len(x), incX) {
		return false
	}
	level2.Syr(on.core.Pool, on.core.ISA, ul == blas.Upper, n, alpha, x, incX, a, lda)
	runtime.KeepAlive(on)
	return true
}

func syr2[T view.Float](on *backend, ul blas.Uplo, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int) bool {
	if on.apartFaster(n, apartTriangle, incX == 1 && incY == 1) || !isUplo(ul) || !holds(n, n, len(a), lda) || !holdsVector(n, len(x), incX) || !holdsVector(n, len(y), incY) {
		return false
	}
	level2.Syr2(on.core.Pool, on.core.ISA, ul == blas.Upper, n, alpha, x, incX, y, incY, a, lda)
	runtime.KeepAlive(on)
	return true
}

func trmv[T view.Float](on *backend, ul blas.Uplo, t blas.Transpose, d blas.Diag, n int, a []T, lda int, x []T, incX int) bool {
	if on.apartFaster(n, apartTriangle, incX == 1) || !holdsTriangle(ul, t, d, n, len(a), lda) || !holdsVector(n, len(x), incX) {
		return false
	}
	level2.Trmv(on.core.ISA, ul == blas.Upper, t != blas.NoTrans, d == blas.Unit, n, a, lda, x, incX)
	return true
}

func trsv[T view.Float](on *backend, ul blas.Uplo, t blas.Transpose, d blas.Diag, n int, a []T, lda int, x []T, incX int) bool {
	if on.apartFaster(n, apartTriangle, incX == 1) || !holdsTriangle(ul, t, d, n, len(a), lda) || !holdsVector(n, len(x), incX) {
		return false
	}
	level2.Trsv(on.core.ISA, ul == blas.Upper, t != blas.NoTrans, d == blas.Unit, n, a, lda, x, incX)
	return true
}

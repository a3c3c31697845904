package gonumblas

import (
	"runtime"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/blas/level3"
	"github.com/targetprop/targetprop/internal/view"
)

// Sgemv computes y = alpha*op(a)*x + beta*y.
func (i Implementation) Sgemv(tA blas.Transpose, m, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	if !i.on.ours32 || !gemv(i.on, tA, m, n, alpha, a, lda, x, incX, beta, y, incY) {
		i.Implementation.Sgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
	}
}

// Dgemv computes y = alpha*op(a)*x + beta*y.
func (i Implementation) Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	if !i.on.ours64 || !gemv(i.on, tA, m, n, alpha, a, lda, x, incX, beta, y, incY) {
		i.Implementation.Dgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
	}
}

// gemv leaves to gonum what it does well: a matrix that is not transposed, whose rows it
// adds up in several chains each, as the definition of a product here does not allow; and
// negative increments, and those of y other than 1.
func gemv[T view.Float](on *backend, tA blas.Transpose, m, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int) bool {
	left, okX := matrix(m, 1, x, incX)
	right, okA := matrix(m, n, a, lda)
	result, okY := matrix(1, n, y, n)
	transposed := tA == blas.Trans || tA == blas.ConjTrans
	if !transposed || incY != 1 || !okX || !okA || !okY {
		return false
	}
	level3.Gemm(on.core, true, false, alpha, left, right, beta, result)
	runtime.KeepAlive(on)
	return true
}

package gonumblas

import (
	"runtime"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/blas/level3"
	"github.com/targetprop/targetprop/internal/view"
)

// The routines of level 2 for both types of elements, as those of level 3.

// gemv leaves to gonum what it does well: a matrix that is not transposed, whose rows it
// adds up in several chains each, as the definition of a product here does not allow; and
// negative increments, and those of y other than 1.
func gemv[T view.Float](on *backend, tA blas.Transpose, m, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int) bool {
	if (tA != blas.Trans && tA != blas.ConjTrans) || incY != 1 || !holds(m, 1, len(x), incX) || !holds(m, n, len(a), lda) || len(y) < n {
		return false
	}
	level3.Gemm(on.core, true, false, alpha, matrix(m, 1, x, incX), matrix(m, n, a, lda), beta, matrix(1, n, y, n))
	runtime.KeepAlive(on)
	return true
}

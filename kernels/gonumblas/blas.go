// Package gonumblas puts package kernels under gonum: after
//
//	blas32.Use(gonumblas.New(kernels.Default()))
//
// every float32 product of two matrices of a gonum program runs on them, and every one of
// a transposed matrix and a vector. Everything else stays gonum's own.
package gonumblas

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/kernels"
)

// Implementation is gonum's BLAS with another Sgemm and Sgemv.
type Implementation struct {
	gonum.Implementation
	engine *kernels.Engine
}

var _ blas.Float32 = Implementation{}

// New makes an implementation that runs on e.
func New(e *kernels.Engine) Implementation { return Implementation{engine: e} }

// Sgemm computes c = alpha*op(a)*op(b) + beta*c. op(a) is m x k, op(b) k x n, c m x n. It
// panics as gonum's does.
func (i Implementation) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	left, okA := matrix(tA, m, k, a, lda)
	right, okB := matrix(tB, k, n, b, ldb)
	result, okC := matrix(blas.NoTrans, m, n, c, ldc)
	if !okA || !okB || !okC {
		// gonum's checks name the mistake; where they find none, as for empty
		// matrices, its loops are right too.
		i.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	i.engine.Gemm(tA != blas.NoTrans, tB != blas.NoTrans, alpha, left, right, beta, result)
}

// Sgemv computes y = alpha*op(a)*x + beta*y, where a is m x n. It panics as gonum's does.
// The engine computes the products of a transposed matrix, for increments of x above 0 and
// of y of 1. Gonum computes the others. It does an untransposed matrix well: it adds up a
// row in several chains, which this project's definition of a product does not allow.
func (i Implementation) Sgemv(tA blas.Transpose, m, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	left, okX := matrix(blas.NoTrans, m, 1, x, incX)
	right, okA := matrix(blas.NoTrans, m, n, a, lda)
	result, okY := matrix(blas.NoTrans, 1, n, y, n)
	transposed := tA == blas.Trans || tA == blas.ConjTrans
	if !transposed || incY != 1 || !okX || !okA || !okY {
		i.Implementation.Sgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
		return
	}
	i.engine.Gemm(true, false, alpha, left, right, beta, result)
}

// matrix is the stored form of a rows x cols operand. It is false if the arguments are
// unusable or the operand is empty.
func matrix(t blas.Transpose, rows, cols int, data []float32, stride int) (kernels.Matrix, bool) {
	switch t {
	case blas.NoTrans:
	case blas.Trans, blas.ConjTrans:
		rows, cols = cols, rows
	default:
		return kernels.Matrix{}, false
	}
	ok := rows > 0 && cols > 0 && stride >= cols && len(data) >= (rows-1)*stride+cols
	return kernels.Matrix{Rows: rows, Cols: cols, Data: data, Stride: stride}, ok
}

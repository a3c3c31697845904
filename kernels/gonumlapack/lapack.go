// Package gonumlapack is a LAPACK for gonum that gives the BLAS in use large pieces of work:
// after
//
//	lapack64.Use(gonumlapack.Implementation{})
//
// the factorizations of a gonum program (LU, Cholesky, QR, LQ), its inverses and its solutions
// of linear equations are recursive, or have wider blocks than gonum's own 32 and 64 columns.
// Everything else stays gonum's.
//
// All products, solutions and sums are calls of blas64.Implementation; so a fast BLAS makes
// these routines fast. The exceptions are the innermost columns of an LU factorization, and
// copies and transpositions. Sizes of blocks follow from shapes and lengths of workspaces
// alone: where two BLAS give the same bits, so does this package on both.
//
// Results, pivots and panics are as gonum documents them. Workspaces of any length that gonum
// accepts are accepted; a query (lwork = -1) asks for more than gonum's does.
package gonumlapack

import (
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Implementation is gonum's LAPACK with other factorizations. Its zero value is ready to use.
type Implementation struct {
	gonum.Implementation
}

var _ lapack.Float64 = Implementation{}

// storesMatrix tells whether a holds a rows x cols matrix, neither dimension 0. Where it does
// not, gonum's routine names the mistake, or has nothing to do.
func storesMatrix(rows, cols int, a []float64, stride int) bool {
	return rows > 0 && cols > 0 && stride >= cols && len(a) >= (rows-1)*stride+cols
}

// Package gonumlapack is a LAPACK for gonum that gives the BLAS in use large pieces of work:
// after
//
//	lapack64.Use(gonumlapack.Implementation{})
//
// the factorizations of a gonum program (LU, Cholesky, QR, LQ), its inverses and its solutions
// of linear equations and least squares are recursive, or have wider blocks than gonum's own 32
// and 64 columns. Its eigenvectors of symmetric matrices and its singular vectors are rotated as
// rows, and the eigenvalues of other matrices found with more shifts at once. Everything else
// stays gonum's: the generalized singular values, and whatever is banded.
//
// The arithmetic on matrices is calls of blas64.Implementation: a fast BLAS makes these routines
// fast. On gonum's own BLAS they are no gain, since its triangular routines are slower than its
// products. The exceptions are the innermost columns of an LU factorization, and differences
// of whole blocks. Sizes of blocks follow from shapes and lengths of workspaces alone: where two
// BLAS give the same bits, so does this package on both.
//
// Results, pivots and panics are as gonum documents them. Workspaces of any length that gonum
// accepts are accepted; where one is too short for blocks, gonum's routine serves. A query
// (lwork = -1) asks for more than gonum's does.
package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
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
	return rows > 0 && cols > 0 && stride >= cols && len(a) >= cols && rows-1 <= (len(a)-cols)/stride
}

func isTriangle(uplo blas.Uplo) bool { return uplo == blas.Upper || uplo == blas.Lower }

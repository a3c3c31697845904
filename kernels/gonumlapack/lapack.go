// Package gonumlapack is a LAPACK for gonum that gives the BLAS in use large pieces of work:
// after
//
//	lapack64.Use(gonumlapack.Implementation{})
//
// the factorizations of a gonum program (LU, Cholesky, QR, LQ), its inverses and its solutions
// of linear equations and least squares are recursive, or have wider blocks than gonum's own 32
// and 64 columns. Its eigenvectors of symmetric matrices and its singular vectors are rotated as
// rows, and the eigenvalues of other matrices found with more shifts at once. Condition numbers,
// which mat asks for after each factorization, are estimated by fast solutions as long as
// numbers do not overflow. Generalized singular values are gonum's without its mistakes. Everything
// else stays gonum's, as whatever is banded.
//
// The arithmetic on matrices is calls of blas64.Implementation: a fast BLAS makes these routines
// fast. On gonum's own BLAS they are no gain, since its triangular routines are slower than its
// products. The exceptions are the innermost columns of an LU factorization, differences
// of whole blocks, columns of absolute values, and triangles of the smallest matrices. Sizes of blocks follow from shapes and lengths of workspaces alone: where two
// BLAS give the same bits, so does this package on both.
//
// Results, pivots and panics are as gonum documents them. Four things gonum does not: a matrix that is
// not finite has no eigenvalues or singular values, where gonum may search for ever; sizes whose
// products overflow are refused, where gonum reads and writes elsewhere in memory; matrices with many
// zeros, as of dummy variables, are factored right, where gonum's Dlarft leaves out parts of its sums;
// and generalized singular values are right for matrices of deficient rank, where gonum's Dggsvp3 moves no column, if
// their norms are between 2^-800 and 2^800.
// (Dgeqp3 with columns that are fixed is gonum's.)
//
// Workspaces of any length that gonum accepts are accepted. Where one is too short for blocks, gonum's routine
// serves, a column at a time, or for singular values and eigenvectors another is allocated. A query
// (lwork = -1) asks for more than gonum's does.
package gonumlapack

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"

	"github.com/targetprop/targetprop/internal/view"
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

// refuseHuge panics, with gonum's words, if a matrix of that name ends beyond all memory.
func refuseHuge(name string, rows, cols, stride int) {
	if cols > 0 && view.Overflows(rows, cols, stride) {
		panic("lapack: insufficient length of " + name)
	}
}

// storesResult tells whether a matrix can be stored, if it is wanted.
func storesResult(wanted bool, rows, cols int, a []float64, stride int) bool {
	return stride >= 1 && (!wanted || storesMatrix(rows, cols, a, stride))
}

// isWorkspace tells whether work has the length it is said to have, at least the least; no query.
func isWorkspace(least int, work []float64, lwork int) bool {
	return lwork >= max(1, least) && len(work) >= lwork
}

func isFinite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func isTriangle(uplo blas.Uplo) bool { return uplo == blas.Upper || uplo == blas.Lower }

// Up to these orders a part is not divided further.
const (
	luColumns      = 8  // of a panel that LU eliminates in one loop
	choleskyOrder  = 32 // of a triangle factored by gonum's Dpotf2
	triangleOrder  = 16 // of a triangle inverted by gonum's Dtrti2, or multiplied by its Dlauu2
	reflectorsLeaf = 8  // reflectors found by gonum's Dgelq2
	leafOfT        = 16 // of a part of T found column by column
)

// Fewer reflectors, or shorter ones, are found and applied one at a time by gonum: blocks of
// them do not pay for their T. Columns of a QR factorization are transposed first, which
// pays once they are long.
const (
	fewestColumns = 8  // of a QR factorization
	fewestRows    = 96 // of a QR factorization
	fewestLQ      = 72 // of an LQ factorization
	fewestApplied = 33 // to another matrix
	fewestFormed  = 16 // into an orthogonal matrix
)

// half divides n in two, the first part a multiple of unit where n allows.
func half(n, unit int) int {
	h := n / 2
	if h > unit {
		h = (h + unit - 1) / unit * unit
	}
	return h
}

// reflectorBlock is the number of reflectors, of k, that are applied at a time to as many rows
// or columns as across says. Wider blocks are faster products, and more work for T.
func reflectorBlock(k, across int) int {
	switch {
	case k <= 256 || across <= 64:
		return min(k, 32)
	case k <= 1024:
		return 48
	default:
		return 64
	}
}

// inverseColumns is the width of Dgetri's blocks.
func inverseColumns(n int) int {
	if n <= 512 {
		return 64
	}
	return 128
}

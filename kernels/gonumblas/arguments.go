package gonumblas

import (
	"math/bits"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/view"
)

// What follows asks whether our routines can take their arguments. Where it says no, gonum's
// own method takes them: its checks name the mistake, and where they find none, as for
// empty matrices, it is right too.

// holds tells whether n elements hold a rows x cols operand that is not empty.
func holds(rows, cols, n, stride int) bool {
	over, last := bits.Mul64(uint64(rows-1), uint64(stride))
	return rows > 0 && cols > 0 && stride >= cols && over == 0 && last < uint64(n) && cols <= n-int(last)
}

// holdsOp is holds for an operand that is rows x cols once it has been transposed, or not.
func holdsOp(t blas.Transpose, rows, cols, n, stride int) bool {
	if t != blas.NoTrans {
		rows, cols = cols, rows
	}
	return isTranspose(t) && holds(rows, cols, n, stride)
}

// holdsTriangle is holds for a triangle of order n.
func holdsTriangle(ul blas.Uplo, t blas.Transpose, d blas.Diag, n, length, stride int) bool {
	return isUplo(ul) && isTranspose(t) && (d == blas.NonUnit || d == blas.Unit) && holds(n, n, length, stride)
}

// matrix is the form in which the packages below take an operand.
func matrix[T view.Float](rows, cols int, data []T, stride int) view.Matrix[T] {
	return view.Matrix[T]{Rows: rows, Cols: cols, Data: data, Stride: stride}
}

// stored is the matrix that is rows x cols once it has been transposed, or not.
func stored[T view.Float](trans bool, rows, cols int, data []T, stride int) view.Matrix[T] {
	if trans {
		rows, cols = cols, rows
	}
	return matrix(rows, cols, data, stride)
}

func isTranspose(t blas.Transpose) bool {
	return t == blas.NoTrans || t == blas.Trans || t == blas.ConjTrans
}

func isUplo(ul blas.Uplo) bool { return ul == blas.Upper || ul == blas.Lower }

func isSide(s blas.Side) bool { return s == blas.Left || s == blas.Right }

// order is that of the square operand on a side of an m x n matrix.
func order(s blas.Side, m, n int) int {
	if s == blas.Left {
		return m
	}
	return n
}

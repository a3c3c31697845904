package gonumblas

import (
	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/blas/level3"
	"github.com/targetprop/targetprop/internal/view"
)

// What follows asks whether our routines can take their arguments. Where it says no, gonum's
// own method takes them: its checks name the mistake, and where they find none, as for
// empty matrices, it is right too.

// matrix is the stored form of a rows x cols operand, unless it is unusable or empty.
func matrix[T view.Float](rows, cols int, data []T, stride int) (view.Matrix[T], bool) {
	m := view.Matrix[T]{Rows: rows, Cols: cols, Data: data, Stride: stride}
	return m, rows > 0 && cols > 0 && m.Holds()
}

// transposable is the stored form of an operand that is rows x cols once it has been
// transposed, or not.
func transposable[T view.Float](t blas.Transpose, rows, cols int, data []T, stride int) (m view.Matrix[T], trans, ok bool) {
	trans = t != blas.NoTrans
	if trans {
		rows, cols = cols, rows
	}
	m, ok = matrix(rows, cols, data, stride)
	return m, trans, ok && isTranspose(t)
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

// triangle is a triangular operand of order n.
func triangle[T view.Float](ul blas.Uplo, t blas.Transpose, d blas.Diag, n int, a []T, lda int) (level3.Triangle[T], bool) {
	m, ok := matrix(n, n, a, lda)
	ok = ok && isUplo(ul) && isTranspose(t) && (d == blas.NonUnit || d == blas.Unit)
	return level3.Triangle[T]{Matrix: m, Upper: ul == blas.Upper, Trans: t != blas.NoTrans, Unit: d == blas.Unit}, ok
}

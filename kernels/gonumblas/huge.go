package gonumblas

import (
	"math"
	"math/bits"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/view"
)

// Gonum's checks multiply sizes by increments and do not see that a product overflows: its assembly
// then reads and writes elsewhere in memory. What follows stands before every call of its
// routines that are ours too, after a glance at the sizes. It refuses such operands with gonum's
// words, and leaves all other mistakes to gonum.

// isHuge tells whether a product of two sizes may overflow, of which this is the bitwise or: one
// has half of the bits of an int, or is negative.
func isHuge(sizes int) bool { return uint(sizes)>>(bits.UintSize/2-1) != 0 }

// refuse panics if so many rows and columns, and such a stride, go beyond all memory. The operand
// has that name.
func refuse(name string, rows, cols, stride int) {
	if view.Overflows(rows, cols, stride) {
		panic("blas: insufficient length of " + name)
	}
}

// refuseVector is refuse for a vector with an increment of either sign.
func refuseVector(name string, n, inc int) {
	if inc < 0 {
		inc = -max(inc, -math.MaxInt)
	}
	refuse(name, n, 1, inc)
}

func refuseXY(lenX, lenY, incX, incY int) {
	refuseVector("x", lenX, incX)
	refuseVector("y", lenY, incY)
}

func refuseGeneral(t blas.Transpose, m, n, lda, incX, incY int) {
	if m < 1 || n < 1 {
		return
	}
	refuse("a", m, n, lda)
	if t == blas.NoTrans {
		m, n = n, m
	}
	refuseXY(m, n, incX, incY)
}

func refuseProduct(tA, tB blas.Transpose, m, n, k, lda, ldb, ldc int) {
	if m > 0 && n > 0 {
		refuseOp("a", tA, m, k, lda)
		refuseOp("b", tB, k, n, ldb)
		refuse("c", m, n, ldc)
	}
}

// refuseOp is refuse for an operand that is rows x cols once it has been transposed, or not.
func refuseOp(name string, t blas.Transpose, rows, cols, stride int) {
	if t != blas.NoTrans {
		rows, cols = cols, rows
	}
	refuse(name, rows, cols, stride)
}

func refuseSided(k, m, n, lda, ldb, ldc int) {
	if m > 0 && n > 0 {
		refuse("a", k, k, lda)
		refuse("b", m, n, ldb)
		refuse("c", m, n, ldc)
	}
}

func refuseUpdate(t blas.Transpose, n, k, lda, ldb, ldc int) {
	refuseOp("a", t, n, k, lda)
	refuseOp("b", t, n, k, ldb)
	refuse("c", n, n, ldc)
}

// refuseBand is refuse for a band of so many diagonals below and above, of a matrix of m x n.
func refuseBand(m, n, below, above, stride int) {
	if m < 1 || n < 1 || below < 0 || above < 0 {
		return
	}
	if below > math.MaxInt-1-n || above > math.MaxInt-1-n-below {
		panic("blas: insufficient length of a")
	}
	refuse("a", min(m, n+below), below+above+1, stride)
}

package view

import (
	"math"
	"math/bits"
)

// Overflows tells whether so many rows and columns, so far from row to row, end beyond all memory.
// Gonum's checks of a slice's length miss that, and its assembly reads and writes elsewhere.
func Overflows(rows, cols, stride int) bool {
	if rows < 1 || cols < 0 || stride < cols {
		return false // another mistake, or nothing at all
	}
	over, last := bits.Mul(uint(rows-1), uint(stride))
	return over != 0 || last > uint(math.MaxInt-cols)
}

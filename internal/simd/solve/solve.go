// Package solve solves triangles for some columns at a time.
package solve

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Columns is how many columns are solved at a time.
func Columns[T view.Float](i isa.ISA) int { return i.SolvePanels() * view.Panel[T]() }

// Solve solves a triangle of n lines for [Columns] columns. Line r is solved after those before
// it or, if back says so, after those behind it, and depends on them. Each of its elements is a
// chain of fused multiply-adds over them, in the order in which they are solved, and then a
// product:
//
//	x[r][j] = (b[r][j] - sum of a[r][k]*x[k][j]) * inverse[r]
//
// a[r][k] is a[r*row+k*column], b[r][j] is b[r*stride+j], and the lines of x follow each other.
// The factors inverse are in the order in which lines are solved. The solution is written to b
// too, and x may be b. n is at most [isa.SolveLines].
func Solve[T view.Float](i isa.ISA, back bool, n int, a []T, row, column int, inverse, b []T, stride int, x []T) {
	if n > 0 {
		solve(i, Columns[T](i), back, n, a, row, column, inverse, b, stride, x)
	}
}

// Package solve solves triangles for some columns at a time.
package solve

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Columns is how many columns are solved at a time: a panel.
func Columns[T view.Float](i isa.ISA) int { return i.SolvePanels() * view.Panel[T]() }

// Solve solves a triangle of n lines for panels of [Columns] columns that follow each other in
// b. Line r is solved after those before it or, if back says so, after those behind it, and
// depends on them. Each of its elements is a chain of fused multiply-adds over them, in the order
// in which they are solved, and then a product:
//
//	b[r][j] = (b[r][j] - sum of a[r][k]*b[k][j]) * inverse[r]
//
// a[r][k] is a[r*row+k*column], b[r][j] is b[r*stride+j]. The factors inverse are in the order in
// which lines are solved. x has room for the lines of a panel, one after the other, and may be b if
// that is one. n is at most [isa.SolveLines].
func Solve[T view.Float](i isa.ISA, back bool, n int, a []T, row, column int, inverse []T, panels int, b []T, stride int, x []T) {
	if n == 0 {
		return
	}
	columns := Columns[T](i)
	for most := isa.SolvedPanels(n, columns); panels > 0; panels -= most {
		solve(i, columns, back, n, a, row, column, inverse, min(panels, most), b, stride, x)
		if panels > most {
			b = b[most*columns:]
		}
	}
}

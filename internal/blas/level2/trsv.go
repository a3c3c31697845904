package level2

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/sum"
	"github.com/targetprop/targetprop/internal/view"
)

// Trsv solves op(a)*y = x for y and leaves it in x, where a is an n x n triangle, with ones
// on its diagonal if unit says so, and op transposes it if trans says so. It runs on one
// thread.
//
// From an element of x is taken the sum of its row of the panel's rectangle or,
// transposed, the products of the other panels' rows, in the order in which they are
// solved; then the products of its panel's square, in that order too. Then it is divided
// by the diagonal.
func Trsv[T view.Float](i isa.ISA, upper, trans, unit bool, n int, a []T, lda int, x []T, incX int) {
	var c copies[T]
	t := triangle[T]{upper: upper, unit: unit, n: n, a: a, stride: lda, x: together(&c.x, n, x, incX)}
	t.eachPanel(upper == trans, func(r, rows, left, right int) {
		if !trans && left < right {
			sum.Rows(i, rows, right-left, -1, a[r*lda+left:], lda, t.x[left:], t.x[r:], 1)
		}
		t.solveSquare(trans, r, rows)
		if trans && left < right {
			var minus [panelRows]T
			for k, e := range t.x[r : r+rows] {
				minus[k] = -e
			}
			simd.Combine(i, right-left, minus[:rows], a[r*lda+left:], lda, t.x[left:])
		}
	})
	keep(t.x, x, incX)
	c.giveBack()
}

// solveSquare solves the square of a panel.
func (t *triangle[T]) solveSquare(trans bool, r, rows int) {
	for k := range rows {
		if t.upper != trans {
			k = rows - 1 - k
		}
		row, x := t.row(r, rows, k), t.x[r:r+rows]
		s := x[k]
		if !trans {
			s = t.plus(k, row, x, s, -1)
		}
		if !t.unit {
			s /= row[k]
		}
		if trans {
			t.addTo(k, row, x, -s)
		}
		x[k] = s
	}
}

package level2

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/sum"
	"github.com/targetprop/targetprop/internal/view"
)

// Trmv is x = op(a)*x, where a is an n x n triangle, with ones on its diagonal if unit says
// so, and op transposes it if trans says so. It runs on one thread.
//
// An element of x is multiplied by the diagonal. To it are added the products of its
// panel's square, towards the diagonal, and then the sum of its row of the panel's
// rectangle. Transposed, they are those of the square from the diagonal outwards, and then
// those of the other panels' rows, from its own panel outwards and ascending within each.
func Trmv[T view.Float](i isa.ISA, upper, trans, unit bool, n int, a []T, lda int, x []T, incX int) {
	var c copies[T]
	t := triangle[T]{upper: upper, unit: unit, n: n, a: a, stride: lda, x: together(&c.x, n, x, incX)}
	t.eachPanel(upper != trans, func(r, rows, left, right int) {
		if trans && left < right {
			simd.Combine(i, right-left, t.x[r:r+rows], a[r*lda+left:], lda, t.x[left:])
		}
		t.multiplySquare(trans, r, rows)
		if !trans && left < right {
			sum.Rows(i, rows, right-left, 1, a[r*lda+left:], lda, t.x[left:], t.x[r:], 1)
		}
	})
	keep(t.x, x, incX)
	c.giveBack()
}

// multiplySquare multiplies the elements of a panel by its square. Rows come in the order
// in which no element is needed after it has changed.
func (t *triangle[T]) multiplySquare(trans bool, r, rows int) {
	for k := range rows {
		if t.upper == trans {
			k = rows - 1 - k
		}
		row, x := t.row(r, rows, k), t.x[r:r+rows]
		s := x[k]
		if trans {
			t.addTo(k, row, x, s)
		}
		if !t.unit {
			s *= row[k]
		}
		if !trans {
			s = t.plus(k, row, x, s, 1)
		}
		x[k] = s
	}
}

package level3

import (
	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/view"
)

// Trmm computes b = alpha*op(a)*b if left, else b = alpha*b*op(a).
//
// An element has the terms of its own block first.
func Trmm[T view.Float](on engine.Core, left bool, alpha T, a Triangle[T], b view.Matrix[T]) {
	if !SmallTriangular(left, false, a.Upper, a.Trans, a.Unit, b.Rows, b.Cols, alpha, a.Data, a.Stride, b.Data, b.Stride) {
		t := triangular[T]{on: on, left: left, a: a, b: b}
		t.run(alpha)
	}
}

// Trsm solves op(a)*x = alpha*b if left, else x*op(a) = alpha*b, and writes x over b.
// Nothing asks whether a can be solved: a zero on its diagonal gives infinities and NaN.
//
// The terms of an element's own block are subtracted last, in the order in which lines are
// solved; then it is multiplied by the rounded inverse of the diagonal, or divided where that is
// no normal number.
func Trsm[T view.Float](on engine.Core, left bool, alpha T, a Triangle[T], b view.Matrix[T]) {
	if !SmallTriangular(left, true, a.Upper, a.Trans, a.Unit, b.Rows, b.Cols, alpha, a.Data, a.Stride, b.Data, b.Stride) {
		t := triangular[T]{on: on, left: left, solve: true, a: a, b: b}
		t.run(alpha)
	}
}

// run computes alpha times it.
func (t *triangular[T]) run(alpha T) {
	if alpha != 1 {
		view.Scale(t.b, alpha)
		if alpha == 0 {
			return
		}
	}
	if t.crossing() >= wideLines || t.solve && t.paysPanels() {
		t.stage = blocks
	}
	t.divide(0, t.a.Rows)
}

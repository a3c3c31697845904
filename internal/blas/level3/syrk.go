package level3

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/view"
)

// Syrk computes the upper or the lower triangle of c = alpha*op(a)*op(a)' + beta*c, where
// op transposes if trans says so, and ' always.
func Syrk[T view.Float](on engine.Core, upper, trans bool, alpha T, a view.Matrix[T], beta T, c view.Matrix[T]) {
	k := terms(trans, &a)
	if alpha == 0 || k == 0 {
		scaleTriangle(c, upper, beta)
	} else if !SmallSyrk(upper, trans, c.Rows, k, alpha, a.Data, a.Stride, beta, c.Data, c.Stride) {
		symmetric(on, upper, trans, alpha, a, a, beta, c)
	}
}

// Syr2k computes the upper or the lower triangle of c = alpha*op(a)*op(b)' +
// alpha*op(b)*op(a)' + beta*c.
func Syr2k[T view.Float](on engine.Core, upper, trans bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	k := terms(trans, &a)
	if alpha == 0 || k == 0 {
		scaleTriangle(c, upper, beta)
	} else if !SmallSyr2k(upper, trans, c.Rows, k, alpha, a.Data, a.Stride, b.Data, b.Stride, beta, c.Data, c.Stride) {
		symmetric(on, upper, trans, alpha, a, b, beta, c)
		symmetric(on, upper, trans, alpha, b, a, 1, c)
	}
}

// symmetric computes a triangle of alpha*op(a)*op(b)' + beta*c: of a small c both, beside it.
func symmetric[T view.Float](on engine.Core, upper, trans bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	if c.Rows > besideOrder {
		if beta != 0 {
			scaleTriangle(c, upper, beta)
		}
		product.Triangle(on.Pool, on.ISA, upper, trans, alpha, a, b, beta == 0, c)
		return
	}
	s := strided.Borrow[T]()
	both := matrix(s, c.Rows, c.Rows)
	if beta != 0 {
		clear(both.Data)
		copyTriangle(upper, both, c)
	}
	gemm(on, trans, !trans, alpha, a, b, beta, both)
	copyTriangle(upper, c, both)
	s.Return()
}

// copyTriangle copies one triangle.
func copyTriangle[T view.Float](upper bool, to, from view.Matrix[T]) {
	for i := range to.Rows {
		copy(line(to, upper, i), line(from, upper, i))
	}
}

// scaleTriangle multiplies a triangle by a number; 0 clears even NaN.
func scaleTriangle[T view.Float](c view.Matrix[T], upper bool, factor T) {
	for i := range c.Rows {
		row := line(c, upper, i)
		view.Scale(view.Matrix[T]{Rows: 1, Cols: len(row), Data: row, Stride: len(row)}, factor)
	}
}

package level3

import (
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
		begin(c, upper, beta)
		product.Triangle(on.Pool, on.ISA, upper, trans, alpha, a, a, beta == 0, c)
	}
}

// Syr2k computes the upper or the lower triangle of c = alpha*op(a)*op(b)' +
// alpha*op(b)*op(a)' + beta*c.
func Syr2k[T view.Float](on engine.Core, upper, trans bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	k := terms(trans, &a)
	if alpha == 0 || k == 0 {
		scaleTriangle(c, upper, beta)
	} else if !SmallSyr2k(upper, trans, c.Rows, k, alpha, a.Data, a.Stride, b.Data, b.Stride, beta, c.Data, c.Stride) {
		begin(c, upper, beta)
		product.Triangle(on.Pool, on.ISA, upper, trans, alpha, a, b, beta == 0, c)
		product.Triangle(on.Pool, on.ISA, upper, trans, alpha, b, a, false, c)
	}
}

// begin makes a triangle what the chains begin with, unless that is 0.
func begin[T view.Float](c view.Matrix[T], upper bool, beta T) {
	if beta != 0 {
		scaleTriangle(c, upper, beta)
	}
}

// scaleTriangle multiplies a triangle by a number; 0 clears even NaN.
func scaleTriangle[T view.Float](c view.Matrix[T], upper bool, factor T) {
	for i := range c.Rows {
		row := line(c, upper, i)
		view.Scale(view.Matrix[T]{Rows: 1, Cols: len(row), Data: row, Stride: len(row)}, factor)
	}
}

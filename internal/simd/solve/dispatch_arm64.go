//go:build !purego

package solve

import (
	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/asm/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// solve is Solve for panels of so many columns, one at least, and n > 0.
func solve[T view.Float](i isa.ISA, columns int, back bool, n int, a []T, row, column int, inverse []T, panels int, b []T, stride int, x []T) {
	if i != isa.NEON {
		define(columns, back, n, a, row, column, inverse, panels, b, stride, x)
		return
	}
	t := argsOf(columns, back, n, a, row, column, b, stride, x)
	if view.Size[T]() == 8 {
		f64.SolveNEON(panels, n%lines, n/lines, double(t.a), t.row, t.column, double(&inverse[0]), double(t.b), t.stride, double(t.x), t.next)
		return
	}
	f32.SolveNEON(panels, n%lines, n/lines, single(t.a), t.row, t.column, single(&inverse[0]), single(t.b), t.stride, single(t.x), t.next)
}

package level2

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// Symv is y = alpha*a*x + beta*y, where a is symmetric and stored in its upper or its lower
// triangle. With beta = 0, y's old content does not matter.
//
// An element of y begins as beta*y. To it are added the products with alpha*x, rounded, in
// the order of the panels of rows from the first: those of earlier panels as columns, its
// own panel's square, then its rectangle, and those of later panels as columns.
func Symv[T view.Float](pool *threads.Pool, i isa.ISA, upper bool, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int) {
	if n == 0 || alpha == 0 && beta == 1 {
		return
	}
	var c copies[T]
	r := result(&c.y, i, n, beta, y, incY)
	if alpha != 0 {
		t := task[T]{kind: symmetric, isa: i, upper: upper, n: n, a: a, stride: lda, x: multiple(&c.x, i, n, alpha, x, incX), y: r}
		panels := (n + panelRows - 1) / panelRows
		if plan.Shares(n*n/2*view.Size[T](), pool.Threads()) {
			share(pool, t, panels)
		} else {
			t.part(0, panels)
		}
	}
	keep(r, y, incY)
	c.giveBack()
}

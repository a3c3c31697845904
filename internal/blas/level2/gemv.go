package level2

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// Gemv is y = alpha*op(a)*x + beta*y, where a is m x n, and op transposes it if trans says
// so. With beta = 0, y's old content does not matter.
func Gemv[T view.Float](pool *threads.Pool, i isa.ISA, trans bool, m, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int) {
	if m == 0 || n == 0 || alpha == 0 && beta == 1 {
		return
	}
	columns, rows := n, m // of the matrix as it multiplies
	if trans {
		columns, rows = m, n
	}
	bufferX, bufferY := strided.Borrow[T](), strided.Borrow[T]()
	r := result(bufferY, i, rows, beta, y, incY)
	if alpha != 0 {
		t := task[T]{kind: byRows, isa: i, m: m, n: n, alpha: alpha, a: a, stride: lda, y: r}
		if trans {
			t.kind, t.x = byColumns, multiple(bufferX, i, columns, alpha, x, incX)
		} else {
			t.x = together(bufferX, columns, x, incX)
		}
		if plan.Shares(m*n*view.Size[T](), pool.Threads()) {
			share(pool, t, rows)
		} else {
			t.part(0, rows)
		}
	}
	giveBack(r, y, incY)
	bufferX.Return()
	bufferY.Return()
}

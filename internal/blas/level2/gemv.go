package level2

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/sum"
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
	var c copies[T]
	r := result(&c.y, i, rows, beta, y, incY)
	if alpha != 0 {
		kind, v := byRows, []T(nil)
		if trans {
			kind, v = byColumns, multiple(&c.x, i, columns, alpha, x, incX)
		} else {
			v = together(&c.x, columns, x, incX)
		}
		switch {
		case plan.Shares(m*n*view.Size[T](), pool.Threads()):
			share(pool, task[T]{kind: kind, isa: i, m: m, n: n, alpha: alpha, a: a, stride: lda, x: v, y: r}, rows)
		case trans:
			addColumns(i, n, v, a, lda, r)
		default:
			sum.Rows(i, m, n, alpha, a, lda, v, r, 1)
		}
	}
	keep(r, y, incY)
	c.giveBack()
}

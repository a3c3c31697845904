package level2

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// Ger is a += alpha*x*y^T, where a is m x n.
func Ger[T view.Float](pool *threads.Pool, i isa.ISA, m, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int) {
	if m == 0 || n == 0 || alpha == 0 {
		return
	}
	var c copies[T]
	u, v := multiple(&c.x, i, m, alpha, x, incX), together(&c.y, n, y, incY)
	if plan.Shares(m*n*view.Size[T](), pool.Threads()) {
		share(pool, task[T]{kind: rankOne, isa: i, n: n, a: a, stride: lda, x: u, y: v}, m)
	} else {
		simd.Update(i, n, u, v, a, lda)
	}
	c.giveBack()
}

// Syr is a += alpha*x*x^T in the upper or the lower triangle of an n x n matrix.
func Syr[T view.Float](pool *threads.Pool, i isa.ISA, upper bool, n int, alpha T, x []T, incX int, a []T, lda int) {
	if n == 0 || alpha == 0 {
		return
	}
	var c copies[T]
	t := task[T]{kind: triangleOne, isa: i, upper: upper, n: n, a: a, stride: lda,
		x: multiple(&c.x, i, n, alpha, x, incX), y: together(&c.y, n, x, incX)}
	t.shareTriangle(pool)
	c.giveBack()
}

// Syr2 is a += alpha*x*y^T + alpha*y*x^T in the upper or the lower triangle of an n x n
// matrix.
func Syr2[T view.Float](pool *threads.Pool, i isa.ISA, upper bool, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int) {
	if n == 0 || alpha == 0 {
		return
	}
	b := strided.Borrow[T]()
	room := b.Take(4 * n)
	// Row r of the triangle takes x[r] times the first half of y, then x[n+r] times the second.
	t := task[T]{kind: triangleTwo, isa: i, upper: upper, n: n, a: a, stride: lda, x: room[:2*n], y: room[2*n:]}
	strided.Gather(t.y[:n], y, strided.First(n, incY), incY)
	strided.Gather(t.y[n:], x, strided.First(n, incX), incX)
	for j := range n {
		t.x[j], t.x[n+j] = alpha*t.y[n+j], alpha*t.y[j]
	}
	t.shareTriangle(pool)
	b.Return()
}

// shareTriangle does all rows of a triangle. Those of the upper one become shorter, and of
// the lower one longer: threads take few at a time.
func (t *task[T]) shareTriangle(pool *threads.Pool) {
	if plan.Shares(t.n*t.n/2*view.Size[T](), pool.Threads()) {
		share(pool, *t, t.n)
	} else {
		t.part(0, t.n)
	}
}

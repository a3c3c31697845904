package level3

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/view"
)

// syrk is a symmetric c += a*op(a), or a*op(b) + b*op(a).
type syrk[T view.Float] struct {
	on           engine.Core
	upper, trans bool
	alpha        T
	a, b         view.Matrix[T] // b is empty for one factor
	beta         T
	c            view.Matrix[T]
}

// Syrk computes the upper or the lower triangle of c = alpha*op(a)*op(a)' + beta*c, where
// op transposes if trans says so, and ' always.
func Syrk[T view.Float](on engine.Core, upper, trans bool, alpha T, a view.Matrix[T], beta T, c view.Matrix[T]) {
	k := terms(trans, &a)
	if alpha == 0 || k == 0 {
		scaleTriangle(c, upper, beta)
	} else if !SmallSyrk(upper, trans, c.Rows, k, alpha, a.Data, a.Stride, beta, c.Data, c.Stride) {
		s := syrk[T]{on: on, upper: upper, trans: trans, alpha: alpha, a: a, beta: beta, c: c}
		s.run()
	}
}

// Syr2k computes the upper or the lower triangle of c = alpha*op(a)*op(b)' +
// alpha*op(b)*op(a)' + beta*c.
func Syr2k[T view.Float](on engine.Core, upper, trans bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	k := terms(trans, &a)
	if alpha == 0 || k == 0 {
		scaleTriangle(c, upper, beta)
	} else if !SmallSyr2k(upper, trans, c.Rows, k, alpha, a.Data, a.Stride, b.Data, b.Stride, beta, c.Data, c.Stride) {
		s := syrk[T]{on: on, upper: upper, trans: trans, alpha: alpha, a: a, b: b, beta: beta, c: c}
		s.run()
	}
}

func (s *syrk[T]) run() {
	s.divide(0, s.c.Rows)
	s.diagonals((s.c.Rows + syrkBlock - 1) / syrkBlock)
}

// divide computes what the lines lo to hi-1 of the triangle have beside the blocks on the
// diagonal.
func (s *syrk[T]) divide(lo, hi int) {
	if hi-lo <= syrkBlock {
		return
	}
	mid := lo + half(hi-lo, syrkBlock)
	if s.upper {
		s.block(s.on, lo, mid, mid, hi, s.beta, part(s.c, lo, mid, mid, hi))
	} else {
		s.block(s.on, mid, hi, lo, mid, s.beta, part(s.c, mid, hi, lo, mid))
	}
	s.divide(lo, mid)
	s.divide(mid, hi)
}

// block computes the rows r0 to r1-1 and columns c0 to c1-1 to a place of their own.
func (s *syrk[T]) block(on engine.Core, r0, r1, c0, c1 int, beta T, c view.Matrix[T]) {
	if s.b.Rows == 0 {
		gemm(on, s.trans, !s.trans, s.alpha, s.lines(s.a, r0, r1), s.lines(s.a, c0, c1), beta, c)
		return
	}
	gemm(on, s.trans, !s.trans, s.alpha, s.lines(s.a, r0, r1), s.lines(s.b, c0, c1), beta, c)
	gemm(on, s.trans, !s.trans, s.alpha, s.lines(s.b, r0, r1), s.lines(s.a, c0, c1), 1, c)
}

// lines is the part of a factor that makes the rows lo to hi-1, or the columns.
func (s *syrk[T]) lines(a view.Matrix[T], lo, hi int) view.Matrix[T] {
	if s.trans {
		return a.Columns(lo, hi)
	}
	return a.Slice(lo, hi)
}

// diagonals computes the n blocks on the diagonal.
func (s *syrk[T]) diagonals(n int) {
	if n > 1 && s.on.Pool.Threads() > 1 {
		s.shareDiagonals(n)
		return
	}
	for i := range n {
		s.diagonal(s.on, i)
	}
}

// shareDiagonals has threads compute them.
func (s syrk[T]) shareDiagonals(n int) {
	s.on.Pool.Each(n, func(i int) { s.diagonal(s.on.Alone(), i) })
}

// diagonal computes both triangles of a block on the diagonal, beside c.
func (s *syrk[T]) diagonal(on engine.Core, i int) {
	lo := i * syrkBlock
	hi := min(lo+syrkBlock, s.c.Rows)
	c := part(s.c, lo, hi, lo, hi)
	both := strided.Borrow[T]()
	whole := matrix(both, hi-lo, hi-lo)
	if s.beta != 0 {
		clear(whole.Data)
		copyTriangle(s.upper, whole, c)
	}
	s.block(on, lo, hi, lo, hi, s.beta, whole)
	copyTriangle(s.upper, c, whole)
	both.Return()
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

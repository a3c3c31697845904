package level3

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/view"
)

// symm is a product with a symmetric matrix.
type symm[T view.Float] struct {
	on          engine.Core
	left, upper bool
	alpha       T
	a, b        view.Matrix[T]
	beta        T
	c           view.Matrix[T]
}

// Symm computes c = alpha*a*b + beta*c if left, else c = alpha*b*a + beta*c, where a is
// symmetric and one of its triangles is read, the upper or the lower one.
func Symm[T view.Float](on engine.Core, left, upper bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	s := symm[T]{on: on, left: left, upper: upper, alpha: alpha, a: a, b: b, beta: beta, c: c}
	switch {
	case alpha == 0:
		view.Scale(c, beta)
	case SmallSymm(left, upper, c.Rows, c.Cols, alpha, a.Data, a.Stride, b.Data, b.Stride, beta, c.Data, c.Stride):
	default:
		s.blocks()
	}
}

// blocks goes through blocks of the chains' terms: for each, a column of blocks of a, or a
// row. Those beside the diagonal are read where they are, in one triangle or the other.
func (s *symm[T]) blocks() {
	full := strided.Borrow[T]()
	n := s.a.Rows
	for lo := 0; lo < n; lo += symmBlock {
		hi := min(lo+symmBlock, n)
		diagonal := matrix(full, hi-lo, hi-lo)
		s.expand(lo, diagonal)
		s.add(lo, hi, lo, hi, false, diagonal)
		if lo > 0 {
			s.add(0, lo, lo, hi, s.left != s.upper, s.beside(0, lo, lo, hi))
		}
		if hi < n {
			s.add(hi, n, lo, hi, s.left == s.upper, s.beside(lo, hi, hi, n))
		}
		s.beta = 1
	}
	full.Return()
}

// beside is the block of the rows r0 to r1-1 and columns c0 to c1-1, above the diagonal,
// or its transpose below.
func (s *symm[T]) beside(r0, r1, c0, c1 int) view.Matrix[T] {
	if s.upper {
		return part(s.a, r0, r1, c0, c1)
	}
	return part(s.a, c0, c1, r0, r1)
}

// add adds the terms lo to hi-1 of the rows from to to-1 of c, or columns. a is the block
// of the symmetric matrix that they are made with, and is transposed if trans says so.
func (s *symm[T]) add(from, to, lo, hi int, trans bool, a view.Matrix[T]) {
	if s.left {
		gemm(s.on, trans, false, s.alpha, a, s.b.Slice(lo, hi), s.beta, s.c.Slice(from, to))
		return
	}
	gemm(s.on, false, trans, s.alpha, s.b.Columns(lo, hi), a, s.beta, s.c.Columns(from, to))
}

// expand writes the block on the diagonal, from line lo on, with both triangles.
func (s *symm[T]) expand(lo int, full view.Matrix[T]) {
	n := full.Rows
	block := part(s.a, lo, lo+n, lo, lo+n)
	for i := range n {
		from := 0
		if s.upper {
			from = i
		}
		held := line(block, s.upper, i)
		copy(full.Row(i)[from:], held)
		for j, x := range held {
			full.Data[(from+j)*full.Stride+i] = x
		}
	}
}

package level3

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/simd/solve"
	"github.com/targetprop/targetprop/internal/view"
)

// panels is a triangle on the diagonal that is solved for panels of b. Its lines are rows of b
// if left, else columns.
type panels[T view.Float] struct {
	triangular[T]
	n           int
	back        bool // whether lines are solved from the last one on
	factors     []T  // the triangle
	row, column int  // how far apart the factors of two lines are in it, and those of one line
	inverse     []T  // of the diagonal, in the order in which lines are solved
}

// panels solves the lines lo to hi-1.
//
// Loops do it, and divide, where a number on the diagonal has no inverse to multiply by.
func (t *triangular[T]) panels(lo, hi int) {
	a := t.a.diagonal(lo, hi)
	p := panels[T]{triangular: *t, n: hi - lo, back: !t.onEarlier()}
	s, inverse := strided.Borrow[T](), strided.Borrow[T]()
	if p.inverse = inverse.Take(p.n); p.invert(&a) {
		p.setFactors(&a, s)
		if t.left {
			p.b = t.b.Slice(lo, hi)
		} else {
			p.b = t.b.Columns(lo, hi)
		}
		p.solveAll()
	} else {
		t.loops(lo, hi)
	}
	inverse.Return()
	s.Return()
}

// invert finds the inverses. It returns false if one is no normal number.
func (p *panels[T]) invert(a *Triangle[T]) bool {
	for i := range p.inverse {
		r, ok := i, true
		if p.back {
			r = p.n - 1 - i
		}
		p.inverse[i] = 1
		if !a.Unit {
			p.inverse[i], ok = inverse(a.Data[r*a.Stride+r])
		}
		if !ok {
			return false
		}
	}
	return true
}

// setFactors has the triangle read where it is if few panels need it: to copy it takes as long
// as to solve for one or two. Else it is copied, so that it stays in the caches whatever its
// stride.
func (p *panels[T]) setFactors(a *Triangle[T], s *strided.Buffer[T]) {
	const fewPanels = 16
	p.factors, p.row, p.column = a.Data, a.Stride, 1
	if p.crossing() > fewPanels*solve.Columns[T](p.on.ISA) {
		to := matrix(s, p.n, p.n)
		for i := range p.n {
			copy(line(to, a.Upper, i), line(a.Matrix, a.Upper, i))
		}
		p.factors, p.row = to.Data, to.Stride
	}
	if a.Trans == p.left {
		p.row, p.column = p.column, p.row
	}
}

// solveAll solves for all of b. Threads share it.
func (p *panels[T]) solveAll() {
	each := pieceLines[T]()
	n := (p.crossing() + each - 1) / each
	if n > 1 && p.on.Pool.Threads() > 1 {
		p.share(n, each)
		return
	}
	p.some(0, p.crossing())
}

// share has threads solve for pieces.
func (p panels[T]) share(n, each int) {
	p.on.Pool.Each(n, func(i int) { p.some(i*each, min((i+1)*each, p.crossing())) })
}

// some solves for the columns lo to hi-1 of b, or for its rows. Those are turned, which leaves
// whole panels only.
func (p *panels[T]) some(lo, hi int) {
	s, columns := strided.Borrow[T](), solve.Columns[T](p.on.ISA)
	x := view.Matrix[T]{Rows: p.n, Cols: columns, Stride: columns, Data: s.Take(p.n * columns)}
	if whole := (hi - lo) / columns; p.left && whole > 0 {
		p.solve(whole, p.b.Data[lo:], p.b.Stride, x.Data)
		lo += whole * columns
	}
	for ; lo < hi; lo += columns {
		width := min(columns, hi-lo)
		if width < columns {
			clear(x.Data)
		}
		part := x.Columns(0, width)
		if p.left {
			b := p.b.Columns(lo, hi)
			copyRows(b, part)
			p.solve(1, x.Data, columns, x.Data)
			copyRows(part, b)
			continue
		}
		b := p.b.Slice(lo, lo+width)
		turn(p.on.ISA, b, part)
		p.solve(1, x.Data, columns, x.Data)
		turn(p.on.ISA, part, b)
	}
	s.Return()
}

// solve solves for whole panels of b. x has room for one.
func (p *panels[T]) solve(whole int, b []T, stride int, x []T) {
	solve.Solve(p.on.ISA, p.back, p.n, p.factors, p.row, p.column, p.inverse, whole, b, stride, x)
}

// copyRows copies rows of a few elements, which a call would take longer for.
func copyRows[T view.Float](from, to view.Matrix[T]) {
	for i := range from.Rows {
		row := to.Row(i)
		for j, x := range from.Row(i) {
			row[j] = x
		}
	}
}

package level3

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/view"
)

// divide computes the lines lo to hi-1 among themselves. Half of them depend on the other
// half, which is solved first, and multiplied last.
func (t *triangular[T]) divide(lo, hi int) {
	if hi-lo <= t.order() {
		t.whole(lo, hi)
		return
	}
	mid := lo + half(hi-lo, t.order())
	first, second := [2]int{lo, mid}, [2]int{mid, hi} // the second depends on the first
	if !t.onEarlier() {
		first, second = second, first
	}
	if t.solve {
		t.divide(first[0], first[1])
		t.update(second[0], second[1], first[0], first[1])
		t.divide(second[0], second[1])
		return
	}
	t.divide(second[0], second[1])
	t.update(second[0], second[1], first[0], first[1])
	t.divide(first[0], first[1])
}

// update adds to the lines lo to hi-1, or subtracts, what they have of others.
func (t *triangular[T]) update(lo, hi, from, to int) {
	sign := T(1)
	if t.solve {
		sign = -1
	}
	switch {
	case t.stage == rows:
		addProduct(t.on, part(t.a.Matrix, lo, hi, from, to), t.b.Slice(from, to), t.b.Slice(lo, hi))
	case t.left:
		gemm(t.on, t.a.Trans, false, sign, t.a.block(lo, hi, from, to), t.b.Slice(from, to), 1, t.b.Slice(lo, hi))
	default:
		gemm(t.on, false, t.a.Trans, sign, t.b.Columns(from, to), t.a.block(from, to, lo, hi), 1, t.b.Columns(lo, hi))
	}
}

// whole computes lines that are not divided.
func (t *triangular[T]) whole(lo, hi int) {
	switch {
	case t.stage == loops:
		t.loops(lo, hi)
	case t.stage == rows:
		t.rows(lo, hi)
	case t.solve:
		t.panels(lo, hi)
	default:
		t.pieces(lo, hi)
	}
}

// pieces multiplies lines of pieces of b.
func (t *triangular[T]) pieces(lo, hi int) {
	s := strided.Borrow[T]()
	a := t.inRows(lo, hi, matrix(s, hi-lo, hi-lo))
	n, each := (t.crossing()+pieceLines[T]()-1)/pieceLines[T](), pieceLines[T]()
	if n > 1 && t.on.Pool.Threads() > 1 {
		t.share(n, each, a, lo, hi)
	} else {
		for i := range n {
			t.piece(i*each, each, a, lo, hi)
		}
	}
	s.Return()
}

// share has threads compute the pieces.
func (t triangular[T]) share(n, each int, a Triangle[T], lo, hi int) {
	t.on.Pool.Each(n, func(i int) { t.piece(i*each, each, a, lo, hi) })
}

// inRows is the triangle of the lines lo to hi-1 of op(A), or of its transpose if lines are
// columns: a copy in which rows are what is added to rows.
func (t *triangular[T]) inRows(lo, hi int, to view.Matrix[T]) Triangle[T] {
	a := t.a.diagonal(lo, hi)
	if !t.left {
		a = a.turned()
	}
	for i := range to.Rows {
		from := 0
		if a.Upper {
			from = i
		}
		held := line(a.Matrix, a.Upper, i)
		if !a.Trans {
			copy(to.Row(i)[from:], held)
			continue
		}
		for j, x := range held {
			to.Data[(from+j)*to.Stride+i] = x
		}
	}
	return Triangle[T]{Matrix: to, Upper: a.upper(), Unit: a.Unit}
}

// piece computes a piece of lines lo to hi-1 on the caller's goroutine. It is turned if
// they are columns.
func (t *triangular[T]) piece(from, each int, a Triangle[T], lo, hi int) {
	to := min(from+each, t.crossing())
	p := triangular[T]{on: t.on.Alone(), left: true, stage: rows, a: a}
	if t.left {
		p.b = part(t.b, lo, hi, from, to)
		p.divide(0, hi-lo)
		return
	}
	s := strided.Borrow[T]()
	b := part(t.b, from, to, lo, hi)
	p.b = matrix(s, hi-lo, to-from)
	turn(t.on.ISA, b, p.b)
	p.divide(0, hi-lo)
	turn(t.on.ISA, p.b, b)
	s.Return()
}

// rows multiplies rows of b one after the other.
func (t *triangular[T]) rows(lo, hi int) {
	for i := range hi - lo {
		r, from, to := t.at(i, lo, hi)
		row, factors := t.b.Row(r), t.a.Row(r)
		if !t.a.Unit {
			level1.Scale(t.on.ISA, factors[r], row)
		}
		if from < to {
			level1.Combine(t.on.ISA, len(row), factors[from:to], t.b.Data[from*t.b.Stride:], t.b.Stride, row)
		}
	}
}

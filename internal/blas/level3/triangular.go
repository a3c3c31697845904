package level3

import (
	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/simd/pack"
	"github.com/targetprop/targetprop/internal/view"
)

// Trmm computes b = alpha*op(a)*b if left, else b = alpha*b*op(a).
//
// An element begins with the product of the diagonal, goes on with the other terms of its
// block and ends with the blocks beside it, each a chain.
func Trmm[T view.Float](on engine.Core, left bool, alpha T, a Triangle[T], b view.Matrix[T]) {
	run(triangular[T]{on: on, left: left, a: a, b: b}, alpha)
}

// Trsm solves op(a)*x = alpha*b if left, else x*op(a) = alpha*b, and writes x over b.
// Nothing asks whether a can be solved: a zero on its diagonal gives infinities and NaN.
//
// Terms are subtracted from alpha*b block by block, each a chain, the nearest last; then
// an element is divided by the diagonal, or multiplied by the rounded inverse where that
// is a normal number.
func Trsm[T view.Float](on engine.Core, left bool, alpha T, a Triangle[T], b view.Matrix[T]) {
	run(triangular[T]{on: on, left: left, solve: true, a: a, b: b}, alpha)
}

// triangular is b = op(a)*b, or b*op(a), or the inverse of it: of a's lines, each is one of
// b, a row or a column, which crosses the same number of others.
type triangular[T view.Float] struct {
	on          engine.Core
	left, solve bool
	stage       stage
	a           Triangle[T]
	b           view.Matrix[T]
}

// stage is what is done with triangles that are not divided any more.
type stage uint8

const (
	loops  stage = iota // they are computed in loops
	blocks              // they are divided with pieces of b
	rows                // their rows are products
)

// order is up to how many lines are not divided.
func (s stage) order() int {
	switch s {
	case blocks:
		return triangleBlock
	case rows:
		return rowsOrder
	default:
		return loopsOrder
	}
}

func run[T view.Float](t triangular[T], alpha T) {
	if alpha != 1 {
		view.Scale(t.b, alpha)
		if alpha == 0 {
			return
		}
	}
	if t.crossing() >= wideLines {
		t.stage = blocks
	}
	t.divide(0, t.a.Rows)
}

// crossing is the columns of b, or its rows if the triangle is on its right.
func (t *triangular[T]) crossing() int {
	if t.left {
		return t.b.Cols
	}
	return t.b.Rows
}

// onEarlier tells whether lines of b depend on those before them, else on those behind.
func (t *triangular[T]) onEarlier() bool { return t.left != t.a.upper() }

// divide computes the lines lo to hi-1 among themselves. Half of them depend on the other
// half, which is solved first, and multiplied last.
func (t *triangular[T]) divide(lo, hi int) {
	if hi-lo <= t.stage.order() {
		t.whole(lo, hi)
		return
	}
	mid := lo + half(hi-lo, t.stage.order())
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
	if t.left {
		gemm(t.on, t.a.Trans, false, sign, t.a.block(lo, hi, from, to), t.b.Slice(from, to), 1, t.b.Slice(lo, hi))
		return
	}
	gemm(t.on, false, t.a.Trans, sign, t.b.Columns(from, to), t.a.block(from, to, lo, hi), 1, t.b.Columns(lo, hi))
}

// whole computes lines that are not divided.
func (t *triangular[T]) whole(lo, hi int) {
	switch n := (t.crossing() + pieceLines - 1) / pieceLines; {
	case t.stage == loops:
		t.loops(lo, hi)
	case t.stage == rows:
		t.rows(lo, hi)
	case n > 1 && t.on.Pool.Threads() > 1:
		t.share(n, lo, hi)
	default:
		for i := range n {
			t.piece(i, lo, hi)
		}
	}
}

// share has threads compute the pieces.
func (t triangular[T]) share(n, lo, hi int) {
	t.on.Pool.Each(n, func(i int) { t.piece(i, lo, hi) })
}

// piece computes a piece of lines lo to hi-1 on the caller's goroutine. It is turned if
// they are columns.
func (t *triangular[T]) piece(i, lo, hi int) {
	from := i * pieceLines
	to := min(from+pieceLines, t.crossing())
	p := triangular[T]{on: t.on.Alone(), left: true, solve: t.solve, stage: rows, a: t.a.diagonal(lo, hi)}
	if t.left {
		p.b = part(t.b, lo, hi, from, to)
		p.divide(0, hi-lo)
		return
	}
	s := getScratch[T]()
	b := part(t.b, from, to, lo, hi)
	p.a, p.b = p.a.turned(), s.matrix(hi-lo, to-from)
	pack.Turn(b.Rows, b.Cols, b.Data, b.Stride, p.b.Data, p.b.Stride)
	p.divide(0, hi-lo)
	pack.Turn(b.Cols, b.Rows, p.b.Data, p.b.Stride, b.Data, b.Stride)
	putScratch(s)
}

// rows computes rows of b one after the other.
func (t *triangular[T]) rows(lo, hi int) {
	for i := range hi - lo {
		r, from, to := t.at(i, lo, hi)
		if t.solve {
			if from < to {
				t.update(r, r+1, from, to)
			}
			if !t.a.Unit {
				divide(t.b.Row(r), t.a.Data[r*t.a.Stride+r])
			}
			continue
		}
		if !t.a.Unit {
			scale(t.b.Row(r), t.a.Data[r*t.a.Stride+r])
		}
		if from < to {
			t.update(r, r+1, from, to)
		}
	}
}

// at is the i-th line of lo to hi-1 to compute, and the lines from to to-1 that it depends
// on: a solution needs them as they are computed, a product as they were.
func (t *triangular[T]) at(i, lo, hi int) (line, from, to int) {
	line = lo + i
	if t.onEarlier() != t.solve {
		line = hi - 1 - i
	}
	if t.onEarlier() {
		return line, lo, line
	}
	return line, line + 1, hi
}

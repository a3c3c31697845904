package level3

import "github.com/targetprop/targetprop/internal/view"

// Triangle is a triangular matrix op(A): one triangle of a square matrix, or its
// transpose.
type Triangle[T view.Float] struct {
	view.Matrix[T]      // A, of which the other triangle is never read
	Upper          bool // the triangle of A, else the lower one
	Trans          bool // op transposes
	Unit           bool // the diagonal is ones and never read
}

// upper tells whether op(A) is.
func (a *Triangle[T]) upper() bool { return a.Upper != a.Trans }

// block is rows r0 to r1-1 and columns c0 to c1-1 of op(A), as they are stored.
func (a *Triangle[T]) block(r0, r1, c0, c1 int) view.Matrix[T] {
	if a.Trans {
		return part(a.Matrix, c0, c1, r0, r1)
	}
	return part(a.Matrix, r0, r1, c0, c1)
}

// diagonal is the triangle of lines lo to hi-1.
func (a *Triangle[T]) diagonal(lo, hi int) Triangle[T] {
	d := *a
	d.Matrix = part(a.Matrix, lo, hi, lo, hi)
	return d
}

// turned is the transpose.
func (a *Triangle[T]) turned() Triangle[T] {
	t := *a
	t.Trans = !a.Trans
	return t
}

// steps are how far apart in Data a row of op(A) is from the next, and a column.
func (a *Triangle[T]) steps() (row, col int) {
	if a.Trans {
		return 1, a.Stride
	}
	return a.Stride, 1
}

// line is the part of row i of a triangle that it holds.
func line[T view.Float](m view.Matrix[T], upper bool, i int) []T {
	if upper {
		return m.Row(i)[i:]
	}
	return m.Row(i)[:i+1]
}

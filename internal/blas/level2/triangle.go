package level2

import "github.com/targetprop/targetprop/internal/view"

// triangle is a triangular matrix and a vector that it multiplies or that it is solved for.
type triangle[T view.Float] struct {
	upper, unit bool
	n           int
	a           []T
	stride      int
	x           []T
}

// eachPanel calls do for each panel of rows, from the first or from the last, with the
// columns of the rectangle beside its square.
func (t *triangle[T]) eachPanel(fromFirst bool, do func(r, rows, left, right int)) {
	panels := (t.n + panelRows - 1) / panelRows
	for p := range panels {
		if !fromFirst {
			p = panels - 1 - p
		}
		r := p * panelRows
		rows := min(panelRows, t.n-r)
		if t.upper {
			do(r, rows, r+rows, t.n)
		} else {
			do(r, rows, 0, r)
		}
	}
}

// row is row k of the square of the panel that begins at r.
func (t *triangle[T]) row(r, rows, k int) []T { return t.a[(r+k)*t.stride+r:][:rows] }

// plus is s and sign times the products of x with row k of a square beside the diagonal,
// towards it: what is solved last comes last, so that all before it need not wait. Each is
// rounded and added by itself.
func (t *triangle[T]) plus(k int, row, x []T, s, sign T) T {
	x = x[:len(row)]
	if t.upper {
		for l := len(row) - 1; l > k; l-- {
			s += T(T(row[l]*x[l]) * sign)
		}
		return s
	}
	row, x = row[:k], x[:k]
	for l, e := range row {
		s += T(T(e*x[l]) * sign)
	}
	return s
}

// addTo adds multiples of row k of a square beside the diagonal to x.
func (t *triangle[T]) addTo(k int, row, x []T, factor T) {
	x = x[:len(row)]
	first, last := 0, k
	if t.upper {
		first, last = k+1, len(row)
	}
	for l := first; l < last; l++ {
		x[l] += T(row[l] * factor)
	}
}

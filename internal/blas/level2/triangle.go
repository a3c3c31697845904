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

// eachInRow calls do for each column of row k of a square beside the diagonal, from there
// outwards.
func (t *triangle[T]) eachInRow(k, rows int, do func(l int)) {
	if t.upper {
		for l := k + 1; l < rows; l++ {
			do(l)
		}
		return
	}
	for l := k - 1; l >= 0; l-- {
		do(l)
	}
}

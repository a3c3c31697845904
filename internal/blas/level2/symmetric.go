package level2

import (
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/sum"
)

// panelRows is the rows of a panel: groups of the kernels for rows and for columns.
const panelRows = 12

// symmetricPart is the elements of y of the panels from lo to hi. All rows that hold
// something for them are read.
func (t *task[T]) symmetricPart(lo, hi int) {
	first, last := lo*panelRows, min(hi*panelRows, t.n)
	begin, end := 0, last // of the rows that are read
	if !t.upper {
		begin, end = first, t.n
	}
	for r := begin; r < end; r += panelRows {
		rows := min(panelRows, t.n-r)
		own := r >= first && r < last
		if own {
			t.square(r, rows)
		}
		left, right := r+rows, t.n // of the rectangle
		if !t.upper {
			left, right = 0, r
		}
		t.rectangle(r, rows, left, right, own, first, last)
	}
}

// rectangle adds the products of the rectangle of a panel: by its rows if they are own, and
// by its columns from first to last. Where that is all of it, it is read once.
func (t *task[T]) rectangle(r, rows, left, right int, own bool, first, last int) {
	from, to := max(left, first), min(right, last)
	row := r * t.stride
	switch {
	case own && left < right && left == from && right == to:
		sum.Both(t.isa, right-left, t.a[row+left:], t.stride, t.x[left:], t.y[r:], t.x[r:r+rows], t.y[left:])
		return
	case own && left < right:
		sum.Rows(t.isa, rows, right-left, 1, t.a[row+left:], t.stride, t.x[left:], t.y[r:], 1)
	}
	if from < to {
		simd.Combine(t.isa, to-from, t.x[r:r+rows], t.a[row+from:], t.stride, t.y[from:])
	}
}

// square adds the products of the square of a panel, of which a triangle is stored: each
// element's with both of its vectors, row by row.
func (t *task[T]) square(r, rows int) {
	x, y := t.x[r:r+rows], t.y[r:r+rows]
	for k := range rows {
		from, to := 0, k // beside the diagonal
		if t.upper {
			from, to = k+1, rows
		}
		row := t.a[(r+k)*t.stride+r:][:max(to, k+1)]
		s, factor := y[k]+T(row[k]*x[k]), x[k]
		row, others, sums := row[from:to], x[from:to], y[from:to]
		for l, e := range row {
			s += T(e * others[l])
			sums[l] += T(e * factor)
		}
		y[k] = s
	}
}

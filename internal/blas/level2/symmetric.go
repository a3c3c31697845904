package level2

import (
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/sum"
	"github.com/targetprop/targetprop/internal/view"
)

// panelRows is the rows of a panel: groups of the kernels for rows and for columns.
const panelRows = 12

// blockBytes is the memory of a row of a block: a panel's rectangle beside the diagonal is
// read twice, by rows and as its transpose, block by block from the first-level cache. It
// is a part of the order of symv's sums.
const blockBytes = 1 << 10

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
// by its columns from first to last.
func (t *task[T]) rectangle(r, rows, left, right int, own bool, first, last int) {
	some := blockBytes / view.Size[T]()
	if !own {
		left += max(0, (first-left)/some*some) // no block of these rows is needed before
		right = min(right, last)
	}
	for j := left; j < right; j += some {
		columns := min(some, right-j)
		if own {
			sum.Rows(t.isa, rows, columns, 1, t.a[r*t.stride+j:], t.stride, t.x[j:], t.y[r:], 1)
		}
		if from, to := max(j, first), min(j+columns, last); from < to {
			simd.Combine(t.isa, to-from, t.x[r:r+rows], t.a[r*t.stride+from:], t.stride, t.y[from:])
		}
	}
}

// square adds the products of the square of a panel, of which a triangle is stored.
func (t *task[T]) square(r, rows int) {
	var full [panelRows * panelRows]T
	for k := range rows {
		if t.upper {
			row := t.a[(r+k)*t.stride+r+k:][:rows-k]
			copy(full[k*panelRows+k:], row)
			for l, e := range row {
				full[(k+l)*panelRows+k] = e
			}
			continue
		}
		row := t.a[(r+k)*t.stride+r:][:k+1]
		copy(full[k*panelRows:], row)
		for l, e := range row {
			full[l*panelRows+k] = e
		}
	}
	sum.Rows(t.isa, rows, rows, 1, full[:], panelRows, t.x[r:], t.y[r:], 1)
}

package product

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// part is which elements of c are computed.
type part uint8

const (
	whole part = iota
	lower      // those up to the diagonal
	upper      // those from the diagonal on
)

// Triangle computes the upper or the lower triangle of c += alpha*op(a)*op(b)', with the bits
// of [Gemm]; c = alpha*op(a)*op(b)' if zero says so. op transposes if trans says so, and '
// always. Nothing else of c is read or written.
func Triangle[T view.Float](pool *threads.Pool, i isa.ISA, up, trans bool, alpha T, a, b view.Matrix[T], zero bool, c view.Matrix[T]) {
	g := gemm[T]{isa: i, transA: trans, transB: !trans, alpha: alpha, a: a, b: b, c: c, zero: zero, part: lower}
	if up {
		g.part = upper
	}
	g.compute(pool)
}

// divideTriangle has the threads take some rows of c at a time, the longest first.
func (g gemm[T]) divideTriangle(pool *threads.Pool, b *block[T]) {
	m, some := g.c.Rows, g.plan.PassRows
	n := (m + some - 1) / some
	pool.Each(n, func(i int) {
		if g.part == lower {
			i = n - 1 - i
		}
		own := getScratch[T]()
		end := min((i+1)*some, m)
		g.pass(b, i*some, end, end, own)
		putScratch(own)
	})
}

// columns is the columns of a block that some rows need, from i0 on: whole panels.
func (g *gemm[T]) columns(b *block[T], i0, rows int) (from, to int) {
	panel := view.Panel[T]()
	switch g.part {
	case lower:
		to = max(0, i0+rows-b.n0)
		return 0, min(view.RoundUp(to, panel), b.n)
	case upper:
		from = max(0, i0-b.n0)
		return min(from-from%panel, b.n), b.n
	default:
		return 0, b.n
	}
}

// crosses tells whether the diagonal crosses a column of tiles, so many rows from i0 on.
func (g *gemm[T]) crosses(b *block[T], i0, rows, col, columns int) bool {
	switch j := b.n0 + col; g.part {
	case lower:
		return j+columns-1 > i0
	case upper:
		return j < i0+rows-1
	default:
		return false
	}
}

// untilCrossing is where columns end, of rows from i0 on, that the diagonal does not cross.
func (g *gemm[T]) untilCrossing(b *block[T], i0 int) int {
	if g.part == lower {
		return min(max(0, i0+1-b.n0), b.n)
	}
	return b.n
}

// crossed computes what a triangle has of a column of tiles, which begins at row i and column
// j. The rows that the diagonal crosses are computed beside c, the others in their places.
// Each has a copy of t: what is stored through a pointer would move the caller's list of
// prefetches to the heap.
func (g *gemm[T]) crossed(t *tile.Args[T], i, j int, buffer []T) {
	unit := 1
	if t.A.IsInColumns() {
		unit = t.A.K
	}
	lo := max(0, j-i) / unit * unit
	hi := min(view.RoundUp(max(0, j+t.Columns-i), unit), t.Rows)
	if lo < hi { // the last narrow tiles of a panel may be outside
		g.beside(t, lo, hi, i, j, buffer)
	}
	if g.part == lower {
		lo, hi = hi, t.Rows
	} else {
		lo, hi = 0, lo
	}
	if lo < hi {
		rest := *t
		rest.Rows, rest.A = hi-lo, t.A.From(lo)
		rest.Init.Data, rest.C.Data = t.Init.Data[lo*t.Init.Row:], t.C.Data[lo*t.C.Row:]
		tile.RunExactly(g.isa, &rest, buffer)
	}
}

// beside computes the rows lo to hi-1 of a column of tiles in buffer, and copies what the
// triangle has of them.
func (g *gemm[T]) beside(t *tile.Args[T], lo, hi, i, j int, buffer []T) {
	panel, part := view.Panel[T](), *t
	rows, row := hi-lo, view.RoundUp(t.Columns, panel)
	buffer, lines := buffer[:rows*panel], buffer[rows*panel:][:rows*row]
	part.Rows, part.A = rows, t.A.From(lo)
	part.C = tile.Panels[T]{Data: lines, Next: panel, Row: row}
	if t.Init.Row > 0 {
		part.Init = part.C
		for r := range rows {
			from, to := g.held(i+lo+r-j, t.Columns)
			line := lines[r*row:][:row]
			clear(line)
			copy(line[from:to], t.Init.Data[(lo+r)*t.Init.Row+from:])
		}
	}
	tile.RunExactly(g.isa, &part, buffer)
	for r := range rows {
		from, to := g.held(i+lo+r-j, t.Columns)
		copy(t.C.Data[(lo+r)*t.C.Row+from:][:to-from], lines[r*row+from:])
	}
}

// held is which of some columns the triangle has of a row, so many rows behind the first
// column.
func (g *gemm[T]) held(behind, columns int) (from, to int) {
	if g.part == lower {
		return 0, min(max(0, behind+1), columns)
	}
	return min(max(0, behind), columns), columns
}

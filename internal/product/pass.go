package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// pass adds the products with a block of b to the rows lo to hi-1 of c. Rows up to end will
// follow, and are fetched meanwhile. What changes from tile to tile is stored field by
// field: see tile.Run.
func (g *gemm[T]) pass(b *block[T], lo, hi, end int, s *scratch[T]) {
	panel, buffer := view.Panel[T](), s.tileBuffer()
	zero := g.zero && b.k0 == 0
	t := tile.Args[T]{K: b.k, StepsOn: g.plan.StepsOn, ColumnsOn: g.plan.ColumnsOn}
	var next prefetches[T]
	for i0 := lo; i0 < hi; i0 += g.plan.PassRows {
		rows := min(g.plan.PassRows, hi-i0)
		first, behind := g.columns(b, i0, rows)
		if first == behind {
			continue
		}
		t.Rows = rows
		c := tile.Panels[T]{Data: g.c.Data[i0*g.c.Stride+b.n0:], Next: panel, Row: g.c.Stride}
		init := c
		if zero {
			init = tile.Zeros[T]()
		}
		t.Init, t.C = init, c
		t.A = g.left(b, i0, rows, s)
		next.begin(g, b, i0, rows, end)
		for col := first; col < behind; col += t.Columns {
			t.Columns = t.A.TileColumns(g.isa, rows, behind-col)
			if rows == 1 && t.Columns == isa.WidestPanels*panel && g.part == whole && b.packed.Cols == 0 {
				t.Columns = alongRow[T](b.k, behind-col)
			}
			g.fill(b, col+t.Columns, buffer)
			t.B.Data, t.B.Next, t.B.Row = g.panels(b, col)
			t.C.Data = c.Data[col:]
			if !zero {
				t.Init.Data = init.Data[col:]
			}
			t.Prefetch = nil
			if g.crosses(b, i0, rows, col, t.Columns) {
				g.crossed(&t, i0, b.n0+col, buffer)
				continue
			}
			if t.Prefetches(g.isa) {
				t.Prefetch = next.after(g, b, init, col, t.Columns)
			}
			tile.RunExactly(g.isa, &t, buffer)
		}
	}
}

// alongRow is how many of the columns left a kernel for a single row computes in one call, one
// widest tile after the other: as many as a call may last.
func alongRow[T view.Float](k, left int) int {
	widest := plan.ColumnsUnit(view.Panel[T]())
	return max(1, min(left, isa.CallElements/k)/widest) * widest
}

package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// affine is a map x W + b, on its way. Row 0 of w is b, the others are W.
type affine struct {
	isa  isa.ISA
	plan plan.Map
	x    view.Matrix[float32]
	w    view.Packed[float32]

	firstColumn int // of the result, for column 0 of w
}

// Affine computes all tiles of x W + b and hands each to the epilogue while it is in the
// first-level cache.
func Affine(pool *threads.Pool, i isa.ISA, x view.Matrix[float32], w view.Packed[float32], ep *Epilogue) {
	if x.Rows == 0 || w.Cols == 0 {
		return
	}
	p := MapProblem(pool, i, x, w, ep.kind == deltaTile)
	m := affine{isa: i, plan: plan.OfMap(&p), x: x, w: w}
	if m.plan.Share == plan.Alone {
		m.compute(ep, 0, x.Rows, 0, w.Cols)
		return
	}
	m.divide(pool, *ep)
}

// MapProblem is what the plan of a map is made for. A loss adds up along rows, so that
// threads may not divide the columns.
func MapProblem(pool *threads.Pool, i isa.ISA, x view.Matrix[float32], w view.Packed[float32], loss bool) plan.MapProblem {
	return plan.MapProblem{
		ISA: i, Size: view.Size[float32](), Threads: pool.Threads(),
		Rows: x.Rows, Inputs: x.Cols, Outputs: w.Cols, SumRows: loss,
	}
}

// divide has the threads compute their parts. m and ep are copies: what threads share is
// allocated, and a map on one thread allocates nothing.
func (m affine) divide(pool *threads.Pool, ep Epilogue) {
	rows, cols, panel := m.x.Rows, m.w.Cols, view.Panel[float32]()
	switch {
	case m.plan.Share == plan.ByColumns:
		pool.Split(m.w.Panels(), func(lo, hi int) { m.compute(&ep, 0, rows, lo*panel, min(hi*panel, cols)) })
	case m.plan.Unit == 1:
		pool.Split(rows, func(lo, hi int) { m.compute(&ep, lo, hi, 0, cols) })
	default:
		unit := m.plan.Unit
		pool.Pieces((rows+unit-1)/unit, m.plan.Part/unit, func(lo, hi, _ int) { m.compute(&ep, lo*unit, min(hi*unit, rows), 0, cols) })
	}
}

// compute computes the rows r0..r1-1 of the columns c0..c1-1, on the caller's goroutine. c0
// begins a panel.
func (m *affine) compute(ep *Epilogue, r0, r1, c0, c1 int) {
	s, panel := getScratch[float32](), view.Panel[float32]()
	buffer := s.tileBuffer()
	columns := m.plan.MapColumns(m.isa, panel, r1-r0, c1-c0)
	for lo := r0; lo < r1; {
		rows := plan.Batch(m.isa, panel, r1-lo, columns)
		a := tile.InRows(m.x.Block(lo, 0))
		if m.plan.X == plan.InColumns {
			height := plan.ColumnsRows(m.isa, panel, rows)
			dst := view.Grow(&s.left, view.RoundUp(rows, height)*m.x.Cols)
			toColumns(m.isa, m.x.Block(0, 0), m.x.Rows, lo, rows, height, m.x.Cols, dst)
			a = tile.InColumns(dst, height, m.x.Cols)
		}
		m.someRows(ep, a, lo, rows, c0, c1, buffer)
		lo += rows
	}
	putScratch(s)
}

// someRows computes some rows, not more than a buffer holds. A panel of the weights stays
// in the cache while they pass it. What changes from tile to tile is stored field by
// field: see tile.Run.
func (m *affine) someRows(ep *Epilogue, a tile.Operand[float32], row, rows, c0, c1 int, buffer []float32) {
	var list [tile.MostPrefetches]tile.Prefetch[float32]
	var t tile.Args[float32]
	panel := view.Panel[float32]()
	z := view.Block[float32]{Data: buffer}
	t.Rows, t.K, t.A = rows, m.w.Rows-1, a
	t.B.Next, t.B.Row = m.w.Rows*panel, panel
	t.Init.Next = t.B.Next // the bias, for every row
	t.C.Data, t.C.Next = buffer, panel
	if rows > 1 {
		t.StepsOn = plan.StepsOn
	}
	for col := c0; col < c1; col += t.Columns {
		t.Columns = t.A.TileColumns(m.isa, rows, c1-col)
		z.Stride = view.RoundUp(t.Columns, panel) // panels side by side
		bias := m.w.Data[m.w.Index(0, col):]
		t.Init.Data, t.B.Data, t.C.Row = bias, bias[panel:], z.Stride
		t.Prefetch = list[:0]
		if next := col + t.Columns; next < c1 {
			t.Prefetch = t.PrefetchShare(m.isa, t.Prefetch, tile.From(m.w, 1, next))
		}
		if m.plan.Prefetch && t.Prefetches(m.isa) {
			t.Prefetch = ep.prefetch(t.Prefetch, row, m.firstColumn+col, t.Height(m.isa))
		}
		tile.Run(m.isa, &t)
		ep.apply(m.isa, z, row, rows, m.firstColumn+col, t.Columns)
	}
}

package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/pack"
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
	s := getScratch[float32]()
	m.computeIn(s, ep, r0, r1, c0, c1)
	putScratch(s)
}

// computeIn is compute in borrowed memory. It uses s.left if x is laid out, and s.tiles.
func (m *affine) computeIn(s *scratch[float32], ep *Epilogue, r0, r1, c0, c1 int) {
	panel, buffer := view.Panel[float32](), s.tileBuffer()
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

// back is a map back, d W^T, on its way. It is the affine map of the unpacked delta by the
// transposed weights, with a bias of 0: so its chains begin.
type back struct {
	isa  isa.ISA
	plan plan.Map
	d, w view.Packed[float32] // row 0 of w is the bias, which is left out
}

// Back computes all tiles of d W^T and hands each to the epilogue while it is in the
// first-level cache.
func Back(pool *threads.Pool, i isa.ISA, d, w view.Packed[float32], ep *Epilogue) {
	if d.Rows == 0 || w.Rows == 1 {
		return
	}
	p := plan.MapProblem{ISA: i, Size: view.Size[float32](), Threads: pool.Threads(), Rows: d.Rows, Inputs: d.Cols, Outputs: w.Rows - 1}
	b := back{isa: i, plan: plan.OfBack(&p), d: d, w: w}
	if b.plan.Share == plan.Alone {
		b.compute(ep, 0, w.Rows-1)
		return
	}
	b.divide(pool, *ep)
}

// divide has the threads compute some columns each, so that each transposes a part of W only.
func (b back) divide(pool *threads.Pool, ep Epilogue) {
	panel, columns := view.Panel[float32](), b.w.Rows-1
	pool.Split(view.RoundUp(columns, panel)/panel, func(lo, hi int) { b.compute(&ep, lo*panel, min(hi*panel, columns)) })
}

// compute computes the columns c0..c1-1, on the caller's goroutine. c0 begins a panel. Some
// columns at a time are transposed, which the second-level cache holds until all rows have
// met them.
func (b *back) compute(ep *Epilogue, c0, c1 int) {
	s := getScratch[float32]()
	m := affine{isa: b.isa, plan: b.plan, x: unpack(b.isa, s, b.d, 0, b.d.Rows)}
	panel, height := view.Panel[float32](), b.d.Cols+1
	some := plan.BackColumns(b.isa, panel, b.d.Rows)
	for col := c0; col < c1; col += some {
		cols := min(some, c1-col)
		m.w = view.Packed[float32]{Rows: height, Cols: cols, Data: view.Grow(&s.right, height*view.RoundUp(cols, panel))}
		for p := 0; p < cols; p += panel {
			to := m.w.Data[m.w.Index(0, p):]
			clear(to[:panel])
			turn(b.isa, b.w, 0, b.w.Panels(), 1+col+p, min(panel, cols-p), to[panel:])
		}
		m.firstColumn = col
		m.computeIn(s, ep, 0, b.d.Rows, 0, cols) // x, in s.left, is not laid out
	}
	putScratch(s)
}

// BackRows is [Back] for the rows of d from first on, so many, from the transposed weights
// that [TransposePanels] makes.
func BackRows(pool *threads.Pool, i isa.ISA, d view.Packed[float32], first, rows int, transposed view.Packed[float32], ep *Epilogue) {
	s := getScratch[float32]()
	Affine(pool, i, unpack(i, s, d, first, rows), transposed, ep)
	putScratch(s)
}

// TransposePanels writes what the panels lo to hi-1 of w become in the weights of the map
// back: row 0 of dst is zeros, the others are the columns of w without its bias.
func TransposePanels(i isa.ISA, dst, w view.Packed[float32], lo, hi int) {
	panel := view.Panel[float32]()
	for col := 0; col < dst.Cols; col += panel {
		if lo == 0 {
			clear(dst.Data[dst.Index(0, col):][:panel])
		}
		if lo < hi {
			turn(i, w, lo, hi, 1+col, min(panel, dst.Cols-col), dst.Data[dst.Index(1+lo*panel, col):])
		}
	}
}

// turn fills rows of a panel with the columns of the panels lo to hi-1 of w: of so many rows,
// from row on, which become the columns of the panel.
func turn(i isa.ISA, w view.Packed[float32], lo, hi, row, rows int, dst []float32) {
	panel := view.Panel[float32]()
	src, next := w.Data[w.Index(row, lo*panel):], w.Rows*panel
	whole := 0
	if rows == panel {
		whole = min(hi, w.Cols/panel) - lo
		pack.TransposeBlocks(i, whole, src, next, dst)
	}
	for q := whole; q < hi-lo; q++ {
		cols := min(panel, w.Cols-(lo+q)*panel)
		to := dst[q*panel*panel:][:cols*panel]
		clear(to)
		pack.Turn(rows, cols, src[q*next:], panel, to, panel)
	}
}

// unpack copies so many rows of d, from first on, to borrowed memory.
func unpack(i isa.ISA, s *scratch[float32], d view.Packed[float32], first, rows int) view.Matrix[float32] {
	stride := oddLines[float32](d.Cols)
	x := view.Matrix[float32]{Rows: rows, Cols: d.Cols, Stride: stride, Data: view.Grow(&s.left, rows*stride)}
	const lines = isa.PackPanels // rows of a panel that are copied at a time
	panel, whole := view.Panel[float32](), rows/lines*lines
	for col := 0; col < d.Cols; col += panel {
		src := d.Data[d.Index(first, col):]
		if whole > 0 {
			pack.Lines(i, whole/lines, src, lines*panel, x.Data[col:], stride, lines*stride)
		}
		for r := whole; r < rows; r++ {
			copy(x.Data[r*stride+col:][:panel], src[r*panel:])
		}
	}
	return x
}

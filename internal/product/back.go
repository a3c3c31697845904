package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/pack"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

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
		m.compute(ep, 0, b.d.Rows, 0, cols)
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

// ApplySlope applies the epilogue that [Slope] makes to all of z, whose row 0 is that of the
// activation's values, some rows of a panel at a time.
func (ep *Epilogue) ApplySlope(i isa.ISA, z view.Matrix[float32]) {
	panel := view.Panel[float32]()
	for row := 0; row < z.Rows; row += isa.CallRows {
		for col := 0; col < z.Cols; col += panel {
			d := view.Block[float32]{Data: ep.delta.Data[ep.delta.Index(ep.firstOfDelta+row, col):], Stride: panel}
			ep.applyPanel(i, z.Block(row, col), row, min(isa.CallRows, z.Rows-row), col, min(panel, z.Cols-col), d)
		}
	}
}

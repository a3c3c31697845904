package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/descent"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// Step is the step of an optimiser that is taken with a gradient.
type Step struct {
	Constants descent.Constants
	Moments   descent.Moments // in the order of the weights

	// Turned, if it has data, is the weights of the map back, as [TransposePanels] makes
	// them: they follow while what has changed is in the first-level cache.
	Turned view.Packed[float32]
}

// gradient is that of a map's parameters w from its inputs x and the delta d, on its way.
// Row 0 is the column sums of d, the other rows are x^T d. It is stored in w or, if it
// descends, w takes a step with it.
type gradient struct {
	isa      isa.ISA
	plan     plan.Gradient
	w, d     view.Packed[float32]
	descends bool
	step     Step // if it descends
}

// Gradient computes the gradient and stores it in w.
func Gradient(pool *threads.Pool, i isa.ISA, w view.Packed[float32], x view.Matrix[float32], d view.Packed[float32]) {
	g := gradient{isa: i, w: w, d: d}
	g.start(pool, x)
}

// Descend computes the gradient and takes the step with it.
func Descend(pool *threads.Pool, i isa.ISA, w view.Packed[float32], x view.Matrix[float32], d view.Packed[float32], s Step) {
	g := gradient{isa: i, w: w, d: d, descends: true, step: s}
	g.start(pool, x)
}

// DescendPanels is [Descend] for the panels lo to hi-1 of the weights, on the caller's
// goroutine, from inputs that have been laid out for the instruction set.
func DescendPanels(i isa.ISA, w view.Packed[float32], x Columns[float32], d view.Packed[float32], lo, hi int, s Step) {
	g := gradient{isa: i, w: w, d: d, descends: true, step: s}
	g.makePlan(nil, x.Cols)
	g.panels(x.transposed(), lo, hi)
}

// start makes the plan and follows it.
func (g *gradient) start(pool *threads.Pool, x view.Matrix[float32]) {
	g.makePlan(pool, x.Cols)
	if g.plan.Share == plan.Alone {
		g.compute(x, 0, g.d.Panels())
		return
	}
	g.divide(pool, x)
}

// makePlan makes the plan for so many inputs.
func (g *gradient) makePlan(pool *threads.Pool, inputs int) {
	g.plan = plan.OfGradient(&plan.GradientProblem{
		ISA: g.isa, Size: view.Size[float32](), Threads: pool.Threads(), Examples: g.d.Rows, Inputs: inputs, Outputs: g.d.Cols,
	})
}

// divide has the threads compute some panels each.
func (g gradient) divide(pool *threads.Pool, x view.Matrix[float32]) {
	pool.Split(g.d.Panels(), func(lo, hi int) { g.compute(x, lo, hi) })
}

// compute computes panels p0..p1-1 from x itself, which is laid out first if the plan
// says so.
func (g *gradient) compute(x view.Matrix[float32], p0, p1 int) {
	if g.plan.X != plan.InColumns {
		g.panels(tile.InTransposedRows(x.Block(0, 0)), p0, p1)
		return
	}
	s := getScratch[float32]()
	c := columns[float32](g.isa, x.Rows, x.Cols)
	c.Data = view.Grow(&s.left, c.size())
	c.LayOut(g.isa, 0, x)
	g.panels(c.transposed(), p0, p1)
	putScratch(s)
}

var ones = [1]float32{1}

// panels computes panels p0..p1-1. The delta of two panels stays in the first-level cache
// while the columns of x pass it. Padding is computed too: it is 0 in d, and so in the
// gradient.
func (g *gradient) panels(x tile.Operand[float32], p0, p1 int) {
	s := getScratch[float32]()
	buffer := s.tileBuffer()
	g.rows(tile.Operand[float32]{Data: ones[:]}, 0, 1, p0, p1, buffer)
	g.rows(x, 1, g.w.Rows-1, p0, p1, buffer)
	putScratch(s)
}

// rows computes rows of the gradient from row on, from the left matrix x: one column of tiles
// after the other, and of each some rows at a time, since assembly cannot be interrupted.
func (g *gradient) rows(x tile.Operand[float32], row, rows, p0, p1 int, buffer []float32) {
	var next [tile.MostPrefetches]tile.Prefetch[float32]
	var t tile.Args[float32]
	panel, distance := view.Panel[float32](), 1
	if x.IsInColumns() {
		distance = g.d.Rows
	}
	t.K, t.A, t.Init = g.d.Rows, x, tile.Zeros[float32]()
	t.B.Next, t.B.Row = g.d.Rows*panel, panel
	for col := p0 * panel; col < p1*panel; col += t.Columns {
		t.Columns = x.TileColumns(g.isa, rows, p1*panel-col)
		t.B.Data = g.d.Data[g.d.Index(0, col):]
		turned := 0
		for lo := 0; lo < rows; lo += t.Rows {
			t.Rows = g.batch(&t.A, rows-lo, t.Columns)
			t.A.Data = x.Data[lo*distance:]
			if !g.descends {
				t.C = tile.From(g.w, row+lo, col)
				tile.Run(g.isa, &t)
				continue
			}
			t.C.Data, t.C.Next, t.C.Row = buffer, isa.CallRows*panel, panel // one panel after the other
			if g.plan.Prefetch && t.Prefetches(g.isa) {
				t.Prefetch = g.prefetch(next[:0], row+lo, col, t.Height(g.isa))
			}
			tile.Run(g.isa, &t)
			g.update(t.Rows, t.Columns, row+lo, col, buffer)
			if row > 0 && len(g.step.Turned.Data) > 0 {
				turned = g.turn(turned, lo+t.Rows, rows, col, t.Columns)
			}
		}
	}
}

// update takes the step for rows x cols of the weights from (row, col) on. buffer holds their
// gradient, one panel after the other.
func (g *gradient) update(rows, cols, row, col int, buffer []float32) {
	panel := view.Panel[float32]()
	for q := 0; q*panel < cols; q++ {
		grad := buffer[q*isa.CallRows*panel:][:rows*panel]
		at := g.w.Index(row, col+q*panel)
		descent.Update(g.isa, g.step.Constants, g.w.Data[at:][:len(grad)], grad, g.step.Moments.Slice(at, at+len(grad)))
	}
}

// turn copies weights that have changed to those of the map back, and returns up to which of
// so many rows: of the columns from col on, those that whole blocks have. The rows before
// done have changed. Columns that are not whole panels wait for the last row and the last of
// their panel.
func (g *gradient) turn(turned, done, rows, col, columns int) int {
	panel := view.Panel[float32]()
	first, last := col/panel, (col+columns+panel-1)/panel
	if col%panel != 0 || columns%panel != 0 {
		if done < rows || col+columns < min(last*panel, g.w.Cols) {
			return 0
		}
	} else if done < rows {
		done -= done % panel
	}
	for ; turned < done; turned += panel {
		turn(g.isa, g.w, first, last, 1+turned, min(panel, rows-turned), g.step.Turned.Data[g.step.Turned.Index(1+first*panel, turned):])
	}
	return done
}

// batch is how many of n rows are computed at a time: whole tiles of an operand that is laid
// out, else about the same number each time.
func (g *gradient) batch(a *tile.Operand[float32], n, columns int) int {
	if a.IsInColumns() {
		return min(n, isa.CallRows-isa.CallRows%a.K)
	}
	return plan.Batch(g.isa, view.Panel[float32](), n, columns)
}

// prefetch lists the parameters of a tile at (row, col) and their moments.
func (g *gradient) prefetch(list []tile.Prefetch[float32], row, col, height int) []tile.Prefetch[float32] {
	m := &g.step.Moments
	for _, x := range [...][]float32{g.w.Data, m.Mean, m.Square, m.Velocity} {
		if x != nil {
			part := view.Packed[float32]{Rows: g.w.Rows, Cols: g.w.Cols, Data: x}
			list = append(list, tile.PrefetchOf(tile.From(part, row, col), height))
		}
	}
	return list
}

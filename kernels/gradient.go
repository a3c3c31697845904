package kernels

import "fmt"

// Gradient computes the gradient of an affine map's parameters from its inputs
// x, B x K, and the delta d, B x N, of [Engine.AffineDelta]: row 0 of dst, which
// is (K+1) x N, becomes the column sums of d, the bias's gradient, and the other
// rows x^T d.
func (e *Engine) Gradient(dst Packed, x Matrix, d Packed) {
	dst.check("the result of Gradient")
	x.checkData("the input of a gradient")
	checkGradient(dst, x.Rows, x.Cols, d)
	if e.pool == nil {
		gradientOf(e.isa, dst, x, d, 0, d.Panels(), nil)
		return
	}
	e.Split(d.Panels(), func(lo, hi int) { gradientOf(e.isa, dst, x, d, lo, hi, nil) })
}

// Descent is the parameters of an affine map and what it takes to update them.
type Descent struct {
	Optimizer Optimizer
	Step      int // number of this step, from 1
	Weights   Packed
	Moments   Moments // in the order of Weights.Data
}

// GradientStep computes the gradient as [Engine.Gradient] does and takes the
// optimiser's step with it, without storing it.
func (e *Engine) GradientStep(s Descent, x Matrix, d Packed) {
	x.checkData("the input of a gradient")
	s.check(x.Rows, x.Cols, d)
	if e.pool == nil {
		gradientOf(e.isa, s.Weights, x, d, 0, d.Panels(), s.now())
		return
	}
	e.gradientStepParallel(s, x, d)
}

// gradientStepParallel divides the panels between the threads. What they share is
// allocated; GradientStep on one thread is not to be.
func (e *Engine) gradientStepParallel(s Descent, x Matrix, d Packed) {
	step := s.now()
	e.Split(d.Panels(), func(lo, hi int) { gradientOf(e.isa, s.Weights, x, d, lo, hi, step) })
}

// GradientStepPanels is [Engine.GradientStep] on the caller's goroutine, for the
// panels lo to hi-1 of the weights only, from inputs all of which have been laid out, by an
// engine of the same instruction set. Other panels may be updated at the same time.
func (e *Engine) GradientStepPanels(s Descent, x Columns, d Packed, lo, hi int) {
	x.check(e.isa, "the input of a gradient")
	s.check(x.Rows, x.Cols, d)
	if lo < 0 || hi > d.Panels() {
		panic(fmt.Sprintf("kernels: panels %d to %d of %d", lo, hi, d.Panels()))
	}
	gradientPanels(e.isa, s.Weights, x.operand(), d, lo, hi, s.now())
}

type descentStep struct {
	step    step
	moments Moments
}

// now is what this step takes.
func (s Descent) now() *descentStep { return &descentStep{s.Optimizer.at(s.Step), s.Moments} }

// check panics unless the shapes fit an input of rows x cols and the delta d.
func (s Descent) check(rows, cols int, d Packed) {
	s.Weights.check("the weights of GradientStep")
	s.Optimizer.check(len(s.Weights.Data), s.Moments)
	checkGradient(s.Weights, rows, cols, d)
}

func checkGradient(w Packed, rows, cols int, d Packed) {
	d.check("the delta of a gradient")
	if w.Rows != cols+1 || w.Cols != d.Cols || rows != d.Rows || rows < 1 || cols < 1 {
		panic(fmt.Sprintf("kernels: gradient of %d x %d from an input of %d x %d and a delta of %d x %d",
			w.Rows, w.Cols, rows, cols, d.Rows, d.Cols))
	}
}

// gradientOf computes panels p0..p1-1 of the gradient from x itself, which is laid out first
// if enough of them pass.
func gradientOf(isa ISA, w Packed, x Matrix, d Packed, p0, p1 int, s *descentStep) {
	columns := isa.columns(x.Rows, x.Cols)
	if (p1-p0)*Panel < columnsFrom || columns.together() {
		gradientPanels(isa, w, operandA{data: x.Data, row: 1, k: x.Stride}, d, p0, p1, s)
		return
	}
	layout := packPool.Get().(*packBuffers)
	columns.data = grow(&layout.a, columns.size())
	columns.layOut(isa, 0, x)
	gradientPanels(isa, w, columns.operand(), d, p0, p1, s)
	packPool.Put(layout)
}

var ones = [1]float32{1}

// cachedParameters is how many the caches hold with their moments, so that they
// need not be fetched ahead (4 MB).
const cachedParameters = 1 << 18

// ahead appends the moments of the parameters of a tile of that height at (row, col).
func (m Moments) ahead(list []ahead, w Packed, row, col, height int) []ahead {
	for _, x := range [...][]float32{m.Mean, m.Square, m.Velocity} {
		if x != nil {
			list = append(list, aheadOf(panels{x[w.Index(row, col):], w.Rows * Panel, Panel}, height))
		}
	}
	return list
}

// gradientPanels computes panels p0..p1-1 of the gradient and stores them in w or,
// with a descent, updates w by them. The delta of two panels stays in the first-level
// cache while the columns of x pass it. Padding is computed too: it is 0 in d, and so in
// the gradient.
func gradientPanels(isa ISA, w Packed, x operandA, d Packed, p0, p1 int, s *descentStep) {
	buffer := tileBuffers.Get().(*tileBuffer)
	gradientRows(isa, w, 0, 1, operandA{data: ones[:], row: 0, k: 0}, d, p0, p1, buffer, s)
	gradientRows(isa, w, 1, w.Rows-1, x, d, p0, p1, buffer, s)
	tileBuffers.Put(buffer)
}

// gradientRows does it for rows of the gradient from row on, which those of x make.
func gradientRows(isa ISA, w Packed, row, rows int, x operandA, d Packed, p0, p1 int, buffer *tileBuffer, s *descentStep) {
	for col := p0 * Panel; col < p1*Panel; {
		t := tileArgs{columns: x.tileColumns(isa, rows, p1*Panel-col), k: d.Rows, a: x, b: d.from(0, col), init: zeroPanels()}
		gradientColumns(isa, w, row, rows, col, t, buffer, s)
		col += t.columns
	}
}

// gradientColumns does it for the columns of a tile from col on: some rows at a time,
// as assembly cannot be interrupted.
func gradientColumns(isa ISA, w Packed, row, rows, col int, t tileArgs, buffer *tileBuffer, s *descentStep) {
	var next [mostAhead]ahead
	x, distance := t.a.data, 1
	if t.a.isInColumns() {
		distance = t.k
	}
	for lo := 0; lo < rows; lo += t.rows {
		t.rows = t.a.batch(isa, rows-lo, t.columns)
		t.a.data = x[lo*distance:]
		if s == nil {
			t.c = w.from(row+lo, col)
			tile(isa, &t)
			continue
		}
		t.c = buffer.apart()
		if len(w.Data) > cachedParameters && t.fetches(isa) {
			height := t.height(isa)
			t.ahead = s.moments.ahead(append(next[:0], aheadOf(w.from(row+lo, col), height)), w, row+lo, col, height)
		}
		tile(isa, &t)
		for q := 0; q*Panel < t.columns; q++ {
			grad := buffer[q*t.c.next:][:t.rows*Panel]
			at := w.Index(row+lo, col+q*Panel)
			update(isa, s.step, w.Data[at:][:len(grad)], grad, s.moments.slice(at, at+len(grad)))
		}
	}
}

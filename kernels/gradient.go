package kernels

import (
	"fmt"
	"runtime"

	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/simd/descent"
)

// Gradient computes the gradient of an affine map's parameters from its inputs x,
// B x K, and the delta d, B x N, of [Engine.AffineDelta]. dst is (K+1) x N, as the
// weights are. Its row 0 becomes the column sums of d, the gradient of the bias.
// The other rows become x^T d. B and K are at least 1. [Engine.PlanGradient] says how it
// is computed.
func (e *Engine) Gradient(dst Packed, x Matrix, d Packed) {
	e.checkNil()
	dst.check("the result of Gradient")
	x.checkData("the input of a gradient")
	checkGradient(dst, x.Rows, x.Cols, d)
	dst.of("the result of Gradient").checkApart(x.of("the input of a gradient"), d.of("the delta of a gradient"))
	product.Gradient(e.pool, e.isa, dst.view(), x.view(), d.view())
	runtime.KeepAlive(e)
}

// Descent is the parameters of an affine map, (K+1) x N, and what it takes to update
// them.
type Descent struct {
	Optimizer Optimizer
	Step      int // number of this step, from 1
	Weights   Packed
	Moments   Moments // in the order of Weights.Data

	// Transposed, if it is not zero, is what [Engine.TransposeWeights] made of Weights.
	// The step keeps it so, which takes less time than to transpose the weights again.
	Transposed Packed
}

// GradientStep computes the gradient as [Engine.Gradient] does and takes the
// optimiser's step with it, on s.Weights and s.Moments in place. The gradient is
// not stored.
func (e *Engine) GradientStep(s Descent, x Matrix, d Packed) {
	e.checkNil()
	x.checkData("the input of a gradient")
	s.check(x.Rows, x.Cols, d)
	s.checkApart(x.of("the input of a gradient"), d.of("the delta of a gradient"))
	product.Descend(e.pool, e.isa, s.Weights.view(), x.view(), d.view(), s.now())
	runtime.KeepAlive(e)
}

// GradientStepPanels is [Engine.GradientStep] for the panels lo to hi-1 of the
// weights, on the caller's goroutine. All rows of x must have been laid out, by an
// engine of the same instruction set. Other panels may be updated at the same time.
func (e *Engine) GradientStepPanels(s Descent, x Columns, d Packed, lo, hi int) {
	e.checkNil()
	x.check(e, "the input of a gradient")
	s.check(x.Rows, x.Cols, d)
	s.checkApart(d.of("the delta of a gradient"))
	checkRange("panels", lo, hi, d.Panels())
	product.DescendPanels(e.isa, s.Weights.view(), x.laidOut, d.view(), lo, hi, s.now())
}

// now is what this step takes.
func (s Descent) now() product.Step {
	return product.Step{Constants: s.Optimizer.descent().At(s.Step), Moments: descent.Moments(s.Moments), Turned: s.Transposed.view()}
}

// transposes tells whether the step keeps the transposed weights.
func (s Descent) transposes() bool {
	return s.Transposed.Data != nil || s.Transposed.Rows != 0 || s.Transposed.Cols != 0
}

// check panics unless the shapes fit an input of rows x cols and the delta d.
func (s Descent) check(rows, cols int, d Packed) {
	s.Weights.check("the weights of GradientStep")
	s.Optimizer.check(len(s.Weights.Data), s.Step, s.Moments)
	checkGradient(s.Weights, rows, cols, d)
	if s.transposes() {
		checkTransposed(s.Transposed, s.Weights)
	}
}

// checkApart panics if what is updated overlaps one of the others, or itself.
func (s Descent) checkApart(x ...operand) {
	s.Weights.of("the weights of GradientStep").checkApart(x...)
	s.Moments.checkApart(s.Weights.of("the weights of GradientStep"), x...)
	if s.transposes() { // apart from the weights, as TransposeWeights wants it
		transposed := s.Transposed.of("the transposed weights of GradientStep")
		transposed.checkApart(x...)
		s.Moments.checkApart(transposed)
	}
}

// checkGradient panics unless the shapes fit an input of rows x cols.
func checkGradient(w Packed, rows, cols int, d Packed) {
	d.check("the delta of a gradient")
	if w.Rows != cols+1 || w.Cols != d.Cols || rows != d.Rows || rows < 1 || cols < 1 {
		panic(fmt.Sprintf("kernels: gradient of %d x %d from an input of %d x %d and a delta of %d x %d",
			w.Rows, w.Cols, rows, cols, d.Rows, d.Cols))
	}
}

// Columns is a B x K matrix x that is laid out for the products x^T d of a gradient. The
// columns that a tile of the products needs lie together. [Engine.NewColumns] makes one,
// [Engine.LayOut] fills it, [Engine.GradientStepPanels] reads it.
type Columns struct {
	Rows, Cols int
	laidOut    product.Columns[float32]
}

// NewColumns returns a zero matrix, rows x cols, for engines of this instruction set.
func (e *Engine) NewColumns(rows, cols int) Columns {
	e.checkNil()
	checkNew[float32]("NewColumns", rows, cols)
	return Columns{Rows: rows, Cols: cols, laidOut: product.NewColumns[float32](e.isa, rows, cols)}
}

// LayOut copies x, R x K, to the rows first to first+R-1 of dst, B x K. Other rows may be
// laid out at the same time.
func (e *Engine) LayOut(dst Columns, first int, x Matrix) {
	e.checkNil()
	x.checkData("the matrix to lay out")
	dst.check(e, "the laid out matrix")
	if !fits(first, x.Rows, dst.Rows) || x.Cols != dst.Cols {
		panic(fmt.Sprintf("kernels: the matrix to lay out, %d x %d, does not fit into %d x %d from row %d on", x.Rows, x.Cols, dst.Rows, dst.Cols, first))
	}
	dst.laidOut.LayOut(e.isa, first, x.view())
}

// check panics unless c is as [Engine.NewColumns] makes it.
func (c *Columns) check(e *Engine, what string) {
	if c.Rows != c.laidOut.Rows || c.Cols != c.laidOut.Cols || !c.laidOut.IsFor(e.isa) {
		panic(fmt.Sprintf("kernels: %s is not what NewColumns returns for %d x %d on this engine", what, c.Rows, c.Cols))
	}
}

package kernels

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/product"
)

// Columns is a B x K matrix x that is laid out for the products x^T d of a gradient. The
// columns that a tile of the products needs lie together. [Engine.NewColumns] makes one,
// [Engine.LayOut] fills it, [Engine.GradientStepPanels] reads it.
type Columns struct {
	Rows, Cols int
	laidOut    product.Columns[float32]
}

// NewColumns returns a zero matrix, rows x cols, for engines of this instruction set.
func (e *Engine) NewColumns(rows, cols int) Columns {
	return Columns{Rows: rows, Cols: cols, laidOut: product.NewColumns[float32](e.isa, rows, cols)}
}

// LayOut copies x, R x K, to the rows first to first+R-1 of dst, B x K. Other rows may be
// laid out at the same time.
func (e *Engine) LayOut(dst Columns, first int, x Matrix) {
	x.checkData("the matrix to lay out")
	dst.check(e, "the laid out matrix")
	if first < 0 || first+x.Rows > dst.Rows || x.Cols != dst.Cols {
		panic(fmt.Sprintf("kernels: %d x %d elements do not fit into %d x %d from row %d on", x.Rows, x.Cols, dst.Rows, dst.Cols, first))
	}
	dst.laidOut.LayOut(e.isa, first, x.view())
}

// check panics unless c is as [Engine.NewColumns] makes it.
func (c *Columns) check(e *Engine, what string) {
	if c.Rows != c.laidOut.Rows || c.Cols != c.laidOut.Cols || !c.laidOut.IsFor(e.isa) {
		panic(fmt.Sprintf("kernels: %s is not what NewColumns returns for %d x %d on this engine", what, c.Rows, c.Cols))
	}
}

package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/pack"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// Columns is a matrix x that is laid out for products x^T d. The columns that a tile
// needs lie together: element (i, j) is Data[(j/Height*Rows+i)*Height+j%Height].
type Columns[T view.Float] struct {
	Rows, Cols int
	Data       []T
	Height     int // how many columns lie together
}

// NewColumns returns a zero matrix, for an instruction set.
func NewColumns[T view.Float](i isa.ISA, rows, cols int) Columns[T] {
	c := columns[T](i, rows, cols)
	c.Data = view.Aligned[T](c.size())
	return c
}

// columns is such a matrix without data.
func columns[T view.Float](i isa.ISA, rows, cols int) Columns[T] {
	return Columns[T]{Rows: rows, Cols: cols, Height: plan.TransposedRows(i, view.Panel[T](), cols)}
}

// IsFor tells whether the matrix is as [NewColumns] makes it for the instruction set.
func (c *Columns[T]) IsFor(i isa.ISA) bool {
	return c.Rows >= 0 && c.Cols >= 0 && len(c.Data) >= c.size() && c.Height == columns[T](i, c.Rows, c.Cols).Height
}

// size is the length of Data.
func (c *Columns[T]) size() int { return c.Rows * view.RoundUp(c.Cols, max(1, c.Height)) }

// LayOut copies x to the rows from first on. Other rows may be laid out at the same time.
func (c *Columns[T]) LayOut(i isa.ISA, first int, x view.Matrix[T]) {
	const streams = 32 // rows that a core follows by itself, and fetches from before they are asked for
	if x.Rows == 0 || x.Cols == 0 {
		return
	}
	some := view.Evenly(x.Rows, streams)
	for row := 0; row < x.Rows; row += some {
		rows := min(some, x.Rows-row)
		for j := 0; j < c.Cols; j += c.Height {
			dst := view.Block[T]{Data: c.Data[j*c.Rows+(first+row)*c.Height:], Stride: c.Height}
			pack.Block(i, rows, min(c.Height, c.Cols-j), x.Block(row, j), dst)
		}
	}
}

// transposed is the transpose of x as the left matrix of a product.
func (c *Columns[T]) transposed() tile.Operand[T] {
	if c.Height == c.Cols {
		return tile.InTransposedRows(view.Block[T]{Data: c.Data, Stride: c.Cols})
	}
	return tile.InColumns(c.Data, c.Height, c.Rows)
}

package tile

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Operand is the left matrix of a column of tiles: element (i, p) of a tile is
// Data[i*Row+p*K]. The next tile's rows follow these. If the matrix is laid out in
// columns, they begin Next elements further on.
type Operand[T view.Float] struct {
	Data         []T
	Row, K, Next int
}

// InRows is a matrix as it is stored.
func InRows[T view.Float](b view.Block[T]) Operand[T] {
	return Operand[T]{Data: b.Data, Row: b.Stride, K: 1}
}

// InTransposedRows is the transpose of a matrix as it is stored.
func InTransposedRows[T view.Float](b view.Block[T]) Operand[T] {
	return Operand[T]{Data: b.Data, Row: 1, K: b.Stride}
}

// InColumns is a matrix of k columns that is laid out for tiles of so many rows. The rows
// of each tile are columns, one tile after the other. The last tile has room for as many
// rows as the others.
func InColumns[T view.Float](data []T, rows, k int) Operand[T] {
	return Operand[T]{Data: data, Row: 1, K: rows, Next: rows * k}
}

// IsInColumns tells whether the operand is laid out.
func (a *Operand[T]) IsInColumns() bool { return a.Next != 0 }

// first is where row i begins.
func (a *Operand[T]) first(i int) int {
	if a.IsInColumns() {
		return i/a.K*a.Next + i%a.K
	}
	return i * a.Row
}

// From is the operand from row i on, which begins a tile if it is laid out.
func (a *Operand[T]) From(i int) Operand[T] {
	from := *a
	from.Data = a.Data[a.first(i):]
	return from
}

// TileColumns is the columns of the next tile, for so many rows, where so many columns are
// left. They are the instruction set's, but at most 2 panels for AVX-512 where the elements
// of a column of A are adjacent: so wide are the tiles for columns.
func (a *Operand[T]) TileColumns(i isa.ISA, rows, left int) int {
	panel := view.Panel[T]()
	if i == isa.AVX512 && a.Row == 1 && rows > 1 {
		left = min(left, 2*panel)
	}
	return i.TileColumns(panel, rows, left)
}

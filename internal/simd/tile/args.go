// Package tile runs the micro-kernels of the products: a column of tiles, each computed
// in registers.
package tile

import (
	"unsafe"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Args is the argument of a column of tiles: Rows x Columns of
//
//	C[i][j] = Init[i][j] + sum over p < K of A[i][p]*B[p][j]
//
// as one chain of fused multiply-adds over p, ascending, from Init, which may be C.
// Columns is what [Operand.TileColumns] returns for as many rows or, for a single row,
// a multiple of the widest tile's. Drivers set only the fields that differ from one to
// the next, which is cheaper than a new argument.
type Args[T view.Float] struct {
	Rows, Columns, K int
	A                Operand[T]
	B, Init, C       Panels[T]
	Prefetch         []Prefetch[T] // in this order, MostPrefetches at most
	StepsOn          int           // how many steps ahead rows of B are fetched too, or 0
	ColumnsOn        int           // for a single row of the widest tiles: how many columns ahead B is fetched, or 0
}

// Operand is the left matrix of a tile: element (i, p) is Data[i*Row+p*K]. The next
// tile's begins with the next row or, if the matrix is laid out in columns, Next
// elements further on.
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

// InColumns is a matrix of k columns that is laid out for tiles of so many rows: the rows
// of each tile are columns, one tile after the other; the last has room for as many rows.
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

// TileColumns is the columns of the next tile: at most 2 panels where the elements of a
// column of A are adjacent, else the instruction set's.
func (a *Operand[T]) TileColumns(i isa.ISA, rows, left int) int {
	panel := view.Panel[T]()
	if i == isa.AVX512 && a.Row == 1 && rows > 1 {
		left = min(left, 2*panel)
	}
	return i.TileColumns(panel, rows, left)
}

// Panels is as many panels as a tile is wide: element (i, j) of panel q is
// Data[q*Next+i*Row+j].
type Panels[T view.Float] struct {
	Data      []T
	Next, Row int
}

// From is the panels of p from an element on.
func From[T view.Float](p view.Packed[T], row, column int) Panels[T] {
	return Panels[T]{p.Data[p.Index(row, column):], p.Rows * view.Panel[T](), view.Panel[T]()}
}

// Repeated is the given row of p from a column on, for every row.
func Repeated[T view.Float](p view.Packed[T], row, column int) Panels[T] {
	return Panels[T]{p.Data[p.Index(row, column):], p.Rows * view.Panel[T](), 0}
}

var zeros [view.Line / 4]float32

// Zeros is zeros for every row.
func Zeros[T view.Float]() Panels[T] {
	return Panels[T]{unsafe.Slice((*T)(unsafe.Pointer(&zeros)), view.Panel[T]()), 0, 0}
}

// Height is the rows of the tiles.
func (t *Args[T]) Height(i isa.ISA) int {
	if t.A.IsInColumns() {
		return min(t.A.K, t.Rows)
	}
	return view.Evenly(t.Rows, i.TileRows(view.Panel[T](), t.Columns))
}

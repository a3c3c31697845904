package view

import "math/bits"

// Matrix is a row-major view: element (i, j) is Data[i*Stride+j]. Its fields are those of
// kernels.Matrix and of gonum's General, so that one converts to the other.
type Matrix[T Float] struct {
	Rows, Cols int
	Stride     int
	Data       []T
}

// NewMatrix returns a zero matrix. Its rows begin at cache lines. Its stride is no
// multiple of a page: that would crowd the rows of a tile into one set of the first-level
// cache.
func NewMatrix[T Float](rows, cols int) Matrix[T] {
	stride := RoundUp(cols, Panel[T]())
	if stride > 0 && stride*Size[T]()%Page == 0 {
		stride += Panel[T]()
	}
	return Matrix[T]{Rows: rows, Cols: cols, Data: Aligned[T](rows * stride), Stride: stride}
}

// Row is row i.
func (m Matrix[T]) Row(i int) []T { return m.Data[i*m.Stride:][:m.Cols:m.Cols] }

// filled is the rows that have elements: of those without there may be any number.
func (m Matrix[T]) filled() int {
	if m.Cols == 0 {
		return 0
	}
	return m.Rows
}

// Slice is the view of rows lo to hi-1. It has no elements if those before it, by a stride that
// is negative or overflows, are not in Data.
func (m Matrix[T]) Slice(lo, hi int) Matrix[T] {
	over, first := bits.Mul(uint(lo), uint(m.Stride))
	if over != 0 || first > uint(len(m.Data)) {
		first = uint(len(m.Data))
	}
	return Matrix[T]{Rows: hi - lo, Cols: m.Cols, Data: m.Data[first:], Stride: m.Stride}
}

// Columns is the view of columns lo to hi-1.
func (m Matrix[T]) Columns(lo, hi int) Matrix[T] {
	return Matrix[T]{Rows: m.Rows, Cols: hi - lo, Data: m.Data[min(lo, len(m.Data)):], Stride: m.Stride}
}

// Block is the matrix from (row, col) on.
func (m Matrix[T]) Block(row, col int) Block[T] {
	return Block[T]{Data: m.Data[row*m.Stride+col:], Stride: m.Stride}
}

// Holds tells whether Data holds all elements, and no size is negative or overflows. It is
// small enough to be inlined.
func (m *Matrix[T]) Holds() bool {
	over, last := bits.Mul64(uint64(max(m.Rows-1, 0)), uint64(m.Stride))
	return m.Rows|m.Cols >= 0 && m.Stride >= m.Cols &&
		(over|last>>63 == 0 && last+uint64(m.Cols) <= uint64(len(m.Data)) || m.Rows == 0 || m.Cols == 0)
}

// Block is an operand of a kernel that goes along the rows of a matrix: element (i, j) is
// Data[i*Stride+j]. The kernel is told how many there are.
type Block[T Float] struct {
	Data   []T
	Stride int
}

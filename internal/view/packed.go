package view

import "math/bits"

// Packed is a Rows x Cols matrix in the order in which the products read it: panels as wide
// as a cache line, each Rows lines in one piece. The last panel is padded with zeros. Its
// fields are those of kernels.Packed.
type Packed[T Float] struct {
	Rows, Cols int
	Data       []T
}

// NewPacked returns a zero matrix.
func NewPacked[T Float](rows, cols int) Packed[T] {
	return Packed[T]{Rows: rows, Cols: cols, Data: Aligned[T](rows * RoundUp(cols, Panel[T]()))}
}

// Panels is the number of panels.
func (p Packed[T]) Panels() int { return (p.Cols + Panel[T]() - 1) / Panel[T]() }

// Index is the place of element (i, j) in Data.
func (p Packed[T]) Index(i, j int) int {
	return (j/Panel[T]()*p.Rows+i)*Panel[T]() + j%Panel[T]()
}

// Holds tells whether Data holds all panels, and no size is negative or overflows.
func (p Packed[T]) Holds() bool {
	if p.Rows < 0 || p.Cols < 0 {
		return false
	}
	over, size := bits.Mul64(uint64(p.Rows), (uint64(p.Cols)+uint64(Panel[T]())-1)/uint64(Panel[T]()))
	return over == 0 && size <= uint64(len(p.Data)/Panel[T]())
}

// Pack copies m to the rows from first on. It fits.
func (p Packed[T]) Pack(first int, m Matrix[T]) {
	panel := Panel[T]()
	for i := range m.filled() {
		row := m.Row(i)
		for j := 0; j < len(row); j += panel {
			copy(p.Data[p.Index(first+i, j):][:panel], row[j:])
		}
	}
}

// Unpack copies the rows from first on to m. It fits.
func (p Packed[T]) Unpack(first int, m Matrix[T]) {
	panel := Panel[T]()
	for i := range m.filled() {
		row := m.Row(i)
		for j := 0; j < len(row); j += panel {
			copy(row[j:], p.Data[p.Index(first+i, j):][:panel])
		}
	}
}

// PackTransposed copies the transpose of m to the rows from first on. It fits.
func (p Packed[T]) PackTransposed(first int, m Matrix[T]) {
	for j := range m.filled() {
		at := p.Index(first, j)
		for i, v := range m.Row(j) {
			p.Data[at+i*Panel[T]()] = v
		}
	}
}

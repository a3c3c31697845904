package kernels

import (
	"fmt"
	"math/bits"
	"unsafe"
)

// Matrix is a row-major view: element (i, j) is Data[i*Stride+j]. It has the
// fields of gonum's blas32.General, so that the one converts to the other:
// kernels.Matrix(general).
type Matrix struct {
	Rows, Cols int
	Data       []float32
	Stride     int
}

// NewMatrix returns a zero matrix. Its rows begin at cache lines, and its
// stride is no multiple of a page, which would crowd the rows of a tile into
// one set of the first-level cache.
func NewMatrix(rows, cols int) Matrix {
	stride := roundUp(cols, Panel)
	if stride > 0 && crowded(stride) {
		stride += Panel
	}
	return Matrix{Rows: rows, Cols: cols, Data: alignedFloats(rows * stride), Stride: stride}
}

// crowded tells whether rows so far apart begin at the same place of their pages.
func crowded(stride int) bool {
	const page = 1024 // floats
	return stride%page == 0
}

// Row is row i.
func (m Matrix) Row(i int) []float32 { return m.Data[i*m.Stride:][:m.Cols:m.Cols] }

// Slice is the view of rows lo to hi-1.
func (m Matrix) Slice(lo, hi int) Matrix {
	return Matrix{Rows: hi - lo, Cols: m.Cols, Data: m.Data[lo*m.Stride:], Stride: m.Stride}
}

// columns is the view of columns lo to hi-1.
func (m Matrix) columns(lo, hi int) Matrix {
	return Matrix{Rows: m.Rows, Cols: hi - lo, Data: m.Data[lo:], Stride: m.Stride}
}

// check panics unless m holds rows x cols elements.
func (m Matrix) check(what string, rows, cols int) {
	if m.Rows != rows || m.Cols != cols {
		panic(fmt.Sprintf("kernels: %s is %d x %d, want %d x %d", what, m.Rows, m.Cols, rows, cols))
	}
	m.checkData(what)
}

// checkData panics unless Data holds all elements.
func (m Matrix) checkData(what string) {
	switch {
	case m.holds():
	case m.Rows < 0 || m.Cols < 0 || m.Stride < m.Cols:
		panic(fmt.Sprintf("kernels: %s has %d rows, %d columns and stride %d", what, m.Rows, m.Cols, m.Stride))
	default:
		panic(fmt.Sprintf("kernels: %s has %d elements, too few for %d x %d with stride %d", what, len(m.Data), m.Rows, m.Cols, m.Stride))
	}
}

// holds tells whether Data holds all elements. It is small enough to be inlined.
func (m *Matrix) holds() bool {
	over, last := bits.Mul64(uint64(max(m.Rows-1, 0)), uint64(m.Stride))
	return m.Rows|m.Cols >= 0 && m.Stride >= m.Cols &&
		(over|last>>63 == 0 && last+uint64(m.Cols) <= uint64(len(m.Data)) || m.Rows == 0 || m.Cols == 0)
}

const cacheLine = 64 // bytes

// alignedFloats returns n zeros that begin at a cache line.
func alignedFloats(n int) []float32 {
	if n == 0 {
		return nil
	}
	const size = int(unsafe.Sizeof(float32(0)))
	raw := make([]float32, n+cacheLine/size-1)
	past := int(uintptr(unsafe.Pointer(&raw[0])) % cacheLine)
	skip := (cacheLine - past) % cacheLine / size
	return raw[skip:][:n:n]
}

func roundUp(n, multiple int) int { return (n + multiple - 1) / multiple * multiple }

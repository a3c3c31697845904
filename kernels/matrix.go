package kernels

import (
	"fmt"
	"math"
	"math/bits"
	"unsafe"

	"github.com/targetprop/targetprop/internal/view"
)

// Matrix is a row-major view: element (i, j) is Data[i*Stride+j]. Stride is in
// elements and at least Cols. The fields are those of gonum's blas32.General, so
// that one converts to the other: kernels.Matrix(general).
type Matrix struct {
	Rows, Cols int
	Stride     int
	Data       []float32
}

// NewMatrix returns a zero matrix. Its rows begin at cache lines. Its stride is no
// multiple of a page: that would crowd the rows of a tile into one set of the
// first-level cache.
func NewMatrix(rows, cols int) Matrix {
	checkNew[float32]("NewMatrix", rows, cols)
	return Matrix(view.NewMatrix[float32](rows, cols))
}

// Row is row i, a view of Cols elements. Data must hold all rows.
func (m Matrix) Row(i int) []float32 {
	return row(m.view(), i)
}

// Slice is the view of rows lo to hi-1. If Data does not hold them, the view's does not.
func (m Matrix) Slice(lo, hi int) Matrix {
	checkRange("rows", lo, hi, m.Rows)
	return Matrix(m.view().Slice(lo, hi))
}

// Columns is the view of columns lo to hi-1.
func (m Matrix) Columns(lo, hi int) Matrix {
	checkRange("columns", lo, hi, m.Cols)
	return Matrix(m.view().Columns(lo, hi))
}

// view is the matrix as the packages below have it.
func (m Matrix) view() view.Matrix[float32] { return view.Matrix[float32](m) }

// viewOf is m as the packages below have it, in its place. A copy of the fields would take
// a tenth of the time of the smallest products.
func viewOf(m *Matrix) *view.Matrix[float32]     { return (*view.Matrix[float32])(unsafe.Pointer(m)) }
func viewOf64(m *Matrix64) *view.Matrix[float64] { return (*view.Matrix[float64])(unsafe.Pointer(m)) }

// check panics unless m holds rows x cols elements.
func (m Matrix) check(what string, rows, cols int) { check(m.view(), what, rows, cols) }

// checkData panics unless Data holds all elements.
func (m Matrix) checkData(what string) { checkData(m.view(), what) }

// Matrix64 is a [Matrix] of float64, with the fields of gonum's blas64.General and
// mat's RawMatrix.
type Matrix64 struct {
	Rows, Cols int
	Stride     int
	Data       []float64
}

// NewMatrix64 is [NewMatrix] of float64.
func NewMatrix64(rows, cols int) Matrix64 {
	checkNew[float64]("NewMatrix64", rows, cols)
	return Matrix64(view.NewMatrix[float64](rows, cols))
}

// Row is row i.
func (m Matrix64) Row(i int) []float64 {
	return row(m.view(), i)
}

// Slice is the view of rows lo to hi-1.
func (m Matrix64) Slice(lo, hi int) Matrix64 {
	checkRange("rows", lo, hi, m.Rows)
	return Matrix64(m.view().Slice(lo, hi))
}

// Columns is the view of columns lo to hi-1.
func (m Matrix64) Columns(lo, hi int) Matrix64 {
	checkRange("columns", lo, hi, m.Cols)
	return Matrix64(m.view().Columns(lo, hi))
}

// view is the matrix as the packages below have it.
func (m Matrix64) view() view.Matrix[float64] { return view.Matrix[float64](m) }

// checkNew panics if a matrix cannot be so large, in memory of any machine. What a row is
// rounded up by is left to the runtime.
func checkNew[T view.Float](what string, rows, cols int) {
	const most = math.MaxInt >> ((bits.UintSize - 32) / 2) // bytes: 2^47 where an address has 64 bits
	if rows < 0 || cols < 0 || rows > most || cols > most {
		panic(fmt.Sprintf("kernels: %s of %d x %d elements", what, rows, cols))
	}
	if over, size := bits.Mul(uint(rows), uint(cols+view.Panel[T]())); over != 0 || size > uint(most/view.Size[T]()) {
		panic(fmt.Sprintf("kernels: %s of %d x %d elements", what, rows, cols))
	}
}

// row is Row for both types of elements. A row without columns lies anywhere.
func row[T view.Float](m view.Matrix[T], i int) []T {
	if !m.Holds() {
		checkData(m, "the matrix of Row")
	}
	if uint(i) >= uint(m.Rows) {
		panic(fmt.Sprintf("kernels: row %d of %d", i, m.Rows))
	}
	if m.Cols == 0 {
		return m.Data[:0:0]
	}
	return m.Row(i)
}

// checkRange panics unless lo to hi-1 are of n rows or columns.
func checkRange(what string, lo, hi, n int) {
	if lo < 0 || hi < lo || hi > n {
		panic(fmt.Sprintf("kernels: %s %d to %d of %d", what, lo, hi-1, n))
	}
}

// check panics unless m holds rows x cols elements.
func check[T view.Float](m view.Matrix[T], what string, rows, cols int) {
	if m.Rows != rows || m.Cols != cols {
		panic(fmt.Sprintf("kernels: %s is %d x %d, want %d x %d", what, m.Rows, m.Cols, rows, cols))
	}
	checkData(m, what)
}

// checkData panics unless Data holds all elements.
func checkData[T view.Float](m view.Matrix[T], what string) {
	switch {
	case m.Holds():
	case m.Rows < 0 || m.Cols < 0 || m.Stride < m.Cols:
		panic(fmt.Sprintf("kernels: %s has %d rows, %d columns and stride %d", what, m.Rows, m.Cols, m.Stride))
	default:
		panic(fmt.Sprintf("kernels: %s has %d elements, too few for %d x %d with stride %d", what, len(m.Data), m.Rows, m.Cols, m.Stride))
	}
}

// An operand is what a call reads or writes, by its name in a panic.
type operand struct {
	what string
	at   view.Region
}

// of names a matrix, which holds its elements.
func (m Matrix) of(what string) operand { v := m.view(); return operand{what, v.Region()} }

func sliceOf[T view.Float](x []T, what string) operand { return operand{what, view.RegionOf(x)} }

// checkApart panics if what is written overlaps one of the others.
func (o operand) checkApart(others ...operand) {
	for i := range others {
		if o.at.Overlaps(others[i].at) {
			panic(fmt.Sprintf("kernels: %s overlaps %s", o.what, others[i].what))
		}
	}
}

// checkApartOrSame panics if what is written overlaps one of the others and is not wholly the
// same.
func (o operand) checkApartOrSame(others ...operand) {
	for i := range others {
		if o.at.Overlaps(others[i].at) && !o.at.IsAt(others[i].at) {
			panic(fmt.Sprintf("kernels: %s overlaps %s, and begins elsewhere", o.what, others[i].what))
		}
	}
}

// fits tells whether so many rows fit into all rows, from the first on.
func fits(first, rows, all int) bool { return first >= 0 && rows <= all && first <= all-rows }

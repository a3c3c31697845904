package kernels

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/view"
)

// Panel is the number of columns of a panel of a [Packed] matrix. A row of a panel
// is a cache line: one AVX-512 register, two AVX2 registers, four NEON registers.
const Panel = 16

// Packed is a Rows x Cols matrix in the order in which the products read it. It
// is panels of 16 columns, each Rows x 16 floats in one piece. Element (i, j) is
// Data[((j/16)*Rows+i)*16+j%16]. The last panel is padded with zeros.
//
// The weights of an affine map live in this form, with the bias as row 0.
type Packed struct {
	Rows, Cols int
	Data       []float32
}

// NewPacked returns a zero matrix.
func NewPacked(rows, cols int) Packed { return Packed(view.NewPacked[float32](rows, cols)) }

// Panels is the number of panels.
func (p Packed) Panels() int { return p.view().Panels() }

// Index is the place of element (i, j) in Data.
func (p Packed) Index(i, j int) int { return p.view().Index(i, j) }

// Pack copies m, R x Cols, to the rows first to first+R-1.
func (p Packed) Pack(first int, m Matrix) {
	p.checkRows(first, m)
	p.view().Pack(first, m.view())
}

// Unpack copies the rows first to first+R-1 to m, R x Cols.
func (p Packed) Unpack(first int, m Matrix) {
	p.checkRows(first, m)
	p.view().Unpack(first, m.view())
}

// PackTransposed copies the transpose of m, Cols x R, to the rows first to
// first+R-1.
func (p Packed) PackTransposed(first int, m Matrix) {
	m.checkData("the matrix to pack transposed")
	p.check("the packed matrix")
	if first < 0 || first+m.Cols > p.Rows || m.Rows != p.Cols {
		panic(fmt.Sprintf("kernels: the transpose of %d x %d elements does not fit into %d x %d from row %d on", m.Rows, m.Cols, p.Rows, p.Cols, first))
	}
	p.view().PackTransposed(first, m.view())
}

// view is the matrix as the packages below have it.
func (p Packed) view() view.Packed[float32] { return view.Packed[float32](p) }

// checkRows panics unless m fits into the rows from first on.
func (p Packed) checkRows(first int, m Matrix) {
	m.checkData("the unpacked matrix")
	p.check("the packed matrix")
	if first < 0 || first+m.Rows > p.Rows || m.Cols != p.Cols {
		panic(fmt.Sprintf("kernels: %d x %d elements do not fit into %d x %d from row %d on", m.Rows, m.Cols, p.Rows, p.Cols, first))
	}
}

// checkShape panics unless p is rows x cols and holds its panels.
func (p Packed) checkShape(what string, rows, cols int) {
	if p.Rows != rows || p.Cols != cols {
		panic(fmt.Sprintf("kernels: %s is %d x %d, want %d x %d", what, p.Rows, p.Cols, rows, cols))
	}
	p.check(what)
}

// check panics unless Data holds all panels.
func (p Packed) check(what string) {
	if !p.view().Holds() {
		panic(fmt.Sprintf("kernels: %s has %d elements, too few for %d x %d", what, len(p.Data), p.Rows, p.Cols))
	}
}

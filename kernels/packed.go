package kernels

import "fmt"

// Panel is the number of columns of a panel of a [Packed] matrix: one AVX-512
// register, two AVX2 registers, one cache line.
const Panel = 16

// Packed is a Rows x Cols matrix in the order in which the products read it:
// panels of 16 columns, each Rows x 16 floats in one piece, the last panel
// padded with zeros. Element (i, j) is Data[((j/16)*Rows+i)*16+j%16].
//
// The weights of an affine map live in this form, with the bias as row 0.
type Packed struct {
	Rows, Cols int
	Data       []float32
}

// NewPacked returns a zero matrix.
func NewPacked(rows, cols int) Packed {
	return Packed{Rows: rows, Cols: cols, Data: alignedFloats(rows * roundUp(cols, Panel))}
}

// Panels is the number of panels.
func (p Packed) Panels() int { return (p.Cols + Panel - 1) / Panel }

// Index is the place of element (i, j) in Data.
func (p Packed) Index(i, j int) int { return (j/Panel*p.Rows+i)*Panel + j%Panel }

// Pack copies m to the rows from first on.
func (p Packed) Pack(first int, m Matrix) {
	p.checkRows(first, m)
	for i := range m.Rows {
		row := m.Row(i)
		for j := 0; j < len(row); j += Panel {
			copy(p.Data[p.Index(first+i, j):][:Panel], row[j:])
		}
	}
}

// Unpack copies the rows from first on to m.
func (p Packed) Unpack(first int, m Matrix) {
	p.checkRows(first, m)
	for i := range m.Rows {
		row := m.Row(i)
		for j := 0; j < len(row); j += Panel {
			copy(row[j:], p.Data[p.Index(first+i, j):][:Panel])
		}
	}
}

// PackTransposed copies the transpose of m to the rows from first on.
func (p Packed) PackTransposed(first int, m Matrix) {
	m.checkData("the matrix to pack transposed")
	p.check("the packed matrix")
	if first < 0 || first+m.Cols > p.Rows || m.Rows != p.Cols {
		panic(fmt.Sprintf("kernels: the transpose of %d x %d elements does not fit into %d x %d from row %d on", m.Rows, m.Cols, p.Rows, p.Cols, first))
	}
	for j := range m.Rows {
		at := p.Index(first, j)
		for i, v := range m.Row(j) {
			p.Data[at+i*Panel] = v
		}
	}
}

func (p Packed) checkRows(first int, m Matrix) {
	m.checkData("the unpacked matrix")
	p.check("the packed matrix")
	if first < 0 || first+m.Rows > p.Rows || m.Cols != p.Cols {
		panic(fmt.Sprintf("kernels: %d x %d elements do not fit into %d x %d from row %d on", m.Rows, m.Cols, p.Rows, p.Cols, first))
	}
}

// check panics unless Data holds all panels.
func (p Packed) check(what string) {
	if p.Rows < 0 || p.Cols < 0 || len(p.Data) < p.Rows*p.Panels()*Panel {
		panic(fmt.Sprintf("kernels: %s has %d elements, too few for %d x %d", what, len(p.Data), p.Rows, p.Cols))
	}
}

package kernels

import (
	"fmt"
	"runtime"

	"github.com/targetprop/targetprop/internal/product"
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
func NewPacked(rows, cols int) Packed {
	checkNew[float32]("NewPacked", rows, cols)
	return Packed(view.NewPacked[float32](rows, cols))
}

// Panels is the number of panels.
func (p Packed) Panels() int {
	p.check("the packed matrix")
	return p.view().Panels()
}

// Index is the place of element (i, j) in Data, which must hold all panels.
func (p Packed) Index(i, j int) int {
	p.check("the packed matrix")
	if uint(i) >= uint(p.Rows) || uint(j) >= uint(p.Cols) {
		panic(fmt.Sprintf("kernels: element (%d, %d) of %d x %d", i, j, p.Rows, p.Cols))
	}
	return p.view().Index(i, j)
}

// Pack copies m, R x Cols, to the rows first to first+R-1.
func (p Packed) Pack(first int, m Matrix) {
	p.checkRows(first, m)
	p.of("the packed matrix").checkApart(m.of("the unpacked matrix"))
	p.view().Pack(first, m.view())
}

// Unpack copies the rows first to first+R-1 to m, R x Cols.
func (p Packed) Unpack(first int, m Matrix) {
	p.checkRows(first, m)
	m.of("the unpacked matrix").checkApart(p.of("the packed matrix"))
	p.view().Unpack(first, m.view())
}

// PackTransposed copies the transpose of m, Cols x R, to the rows first to
// first+R-1.
func (p Packed) PackTransposed(first int, m Matrix) {
	m.checkData("the matrix to pack transposed")
	p.check("the packed matrix")
	if !fits(first, m.Cols, p.Rows) || m.Rows != p.Cols {
		panic(fmt.Sprintf("kernels: the transpose of %d x %d elements does not fit into %d x %d from row %d on", m.Rows, m.Cols, p.Rows, p.Cols, first))
	}
	p.of("the packed matrix").checkApart(m.of("the matrix to pack transposed"))
	p.view().PackTransposed(first, m.view())
}

// of names the matrix, which holds its panels.
func (p Packed) of(what string) operand { v := p.view(); return operand{what, v.Region()} }

// view is the matrix as the packages below have it.
func (p Packed) view() view.Packed[float32] { return view.Packed[float32](p) }

// Right is a right factor of products, Rows x Cols, that is packed once and used often:
// weights, most of the time. [Engine.PackRight] makes one, [Engine.GemmRight] reads it. It is
// never changed, and any number of goroutines may use it at once. It belongs to the
// instruction set of the engine that made it.
type Right struct {
	Rows, Cols int
	packed     product.Right[float32]
}

// Right64 is a [Right] of float64, for [Engine.GemmRight64].
type Right64 struct {
	Rows, Cols int
	packed     product.Right[float64]
}

// intact tells whether nobody has changed the sizes.
func (r *Right) intact() bool   { return r.Rows == r.packed.Rows && r.Cols == r.packed.Cols }
func (r *Right64) intact() bool { return r.Rows == r.packed.Rows && r.Cols == r.packed.Cols }

// PackRight packs op(b): b itself or, with transB, its transpose. It is a copy, which later
// changes of b do not reach.
func (e *Engine) PackRight(transB bool, b Matrix) Right {
	e.checkNil()
	r := packRight(e, transB, b.view())
	return Right{r.Rows, r.Cols, r}
}

// PackRight64 is [Engine.PackRight] of float64.
func (e *Engine) PackRight64(transB bool, b Matrix64) Right64 {
	e.checkNil()
	r := packRight(e, transB, b.view())
	return Right64{r.Rows, r.Cols, r}
}

// packRight is PackRight for both types of elements.
func packRight[T view.Float](e *Engine, transB bool, b view.Matrix[T]) product.Right[T] {
	checkData(b, "the matrix of PackRight")
	r := product.PackRight(e.pool, e.isa, transB, b)
	runtime.KeepAlive(e)
	return r
}

// checkRows panics unless m fits into the rows from first on.
func (p Packed) checkRows(first int, m Matrix) {
	m.checkData("the unpacked matrix")
	p.check("the packed matrix")
	if !fits(first, m.Rows, p.Rows) || m.Cols != p.Cols {
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

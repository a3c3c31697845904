package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
)

// Panel is the number of columns of one panel of a packed matrix.
const Panel = 16

// shape is the register budget of one micro-kernel.
type shape struct {
	name       string
	rows       int   // most rows of a tile
	lanes      []int // floats in each of a row's vectors
	broadcasts int   // registers that elements of A take turns in
	mask       mask  // of a row's last vector
	partial    bool  // that vector is never whole
	fetchesB   bool  // fetches rows of B some steps ahead or, if for a single row, columns
	prefetches bool  // and what is needed after the tile
	rowwise    bool  // tall tiles end row by row
	adjacent   bool  // elements of a column of A: RS is 4
	pairs      bool  // of steps are a turn of the loop; where columns are not adjacent, rows are: KS is 4
}

// The budgets. AVX-512 has 32 registers: 28 accumulators, 2 of B, 2 broadcasts of
// A; or, where half a panel is left at the end of a matrix, 27 accumulators, 3 of B,
// 2 broadcasts. Its narrow tiles multiply A from memory, since they have as many
// elements of A as multiplications, and run out of addresses first. AVX2 has 16
// registers: 12 accumulators, 2 of B, 2 broadcasts; or, where the last panel of a
// matrix is narrow, 13 accumulators, 1 of B, 1 broadcast and a mask. Tiles of 64
// columns need fewer broadcasts for as many multiplications, and more of B. A single row
// needs many columns, for its chains to wait less for their own last multiplication.
//
// Where a column of A is in one piece, an address is a register and a number. Only so
// do Intel's cores keep a multiplication from memory one operation: with an index they
// take it apart again. See products.
var (
	avx512Wide   = shape{name: "Tile14x32AVX512", rows: 14, lanes: []int{16, 16}, broadcasts: 2, fetchesB: true, rowwise: true}
	avx512Column = shape{name: "TileColumns14x32AVX512", rows: 14, lanes: []int{16, 16}, broadcasts: 2, fetchesB: true, prefetches: true, rowwise: true, adjacent: true}
	avx512Masked = shape{name: "TileMasked14x32AVX512", rows: 14, lanes: []int{16, 16}, broadcasts: 2, mask: registerMask, partial: true, fetchesB: true, rowwise: true}
	avx512Wider  = shape{name: "Tile9x40AVX512", rows: 9, lanes: []int{16, 16, 8}, broadcasts: 2, mask: registerMask}
	avx512Narrow = shape{name: "Tile16x16AVX512", rows: 16, lanes: []int{16}, mask: registerMask, rowwise: true}
	avx512Half   = shape{name: "Tile16x8AVX512", rows: 16, lanes: []int{8}, mask: registerMask}
	avx512Low    = shape{name: "Tile6x64AVX512", rows: 6, lanes: []int{16, 16, 16, 16}, broadcasts: 2, rowwise: true}
	avx512Row    = shape{name: "Tile1x64AVX512", rows: 1, lanes: []int{16, 16, 16, 16}, fetchesB: true}
	avx2         = shape{name: "Tile6x16AVX2", rows: 6, lanes: []int{8, 8}, broadcasts: 2, fetchesB: true, prefetches: true, pairs: true}
	avx2Column   = shape{name: "TileColumns6x16AVX2", rows: 6, lanes: []int{8, 8}, broadcasts: 2, fetchesB: true, prefetches: true, pairs: true, adjacent: true}
	avx2Half     = shape{name: "Tile13x8AVX2", rows: 13, lanes: []int{8}, broadcasts: 1, mask: vectorMask}
	avx2Row      = shape{name: "Tile1x64AVX2", rows: 1, lanes: []int{8, 8, 8, 8, 8, 8, 8, 8}, fetchesB: true}
)

// check panics if registers would have two uses.
func (s shape) check() {
	if s.pairs && s.width() > Panel || s.fetchesB && s.rows > 1 && s.width() > 2*Panel || s.prefetches && !s.adjacent && s.rows > 7 || s.fetchesB && s.rows > 14 {
		panic(fmt.Sprintf("tile: %s needs registers that are taken", s.name))
	}
}

// tall tells whether m rows are more than half of a kernel's most rows. Only such
// tiles come several at a time.
func tall(m, rows int) bool { return 2*m > rows }

// columns is how many columns the first n vectors of a row hold.
func (s shape) columns(n int) int {
	sum := 0
	for _, lanes := range s.lanes[:n] {
		sum += lanes
	}
	return sum
}

func (s shape) width() int { return s.columns(len(s.lanes)) }

// Registers shared by all sections of a micro-kernel. A row i of A is found at
// a + i*rs; odd multiples of rs in registers and the scales 1, 2, 4, 8 of the
// addressing mode reach every row, so that a alone moves along k.
var (
	regTile   = reg.RAX // the argument, until k takes its place
	regK      = reg.RAX
	regA      = reg.RBX
	regKS     = reg.RCX
	regB      = reg.RDX
	regBS     = reg.RSI
	regB1     = reg.RDI // distance from the first panel of B to the second
	regOdd    = [...]reg.GPPhysical{reg.R8, reg.R9, reg.R10, reg.R11, reg.R12, reg.R13, reg.R14, reg.R15}
	regInit   = reg.R8 // free before the odd multiples are formed
	regIS     = reg.R9
	regI1     = reg.R10
	reg3      = reg.R11 // three times one of these distances, in a kernel of four panels and 6 rows or fewer
	regM      = reg.R15
	regFetch  = reg.R15 // the line that is fetched; tiles that do have no row 15
	regFetch1 = reg.RBP // the line beside it; the assembler saves the register
	regEach   = reg.R14 // turns until the next row; tiles that fetch have few odd multiples
)

// regBAhead and regBAhead1 are the distances from a row of B to the lines that are
// fetched: of two panels, or of two rows.
func (s shape) regBAhead() reg.GPPhysical {
	if s.prefetches {
		return reg.R11
	}
	return regFetch
}

func (s shape) regBAhead1() reg.GPPhysical {
	if s.prefetches {
		return reg.R12
	}
	return regFetch1
}

// doc is the doc comment of the micro-kernel.
func (s shape) doc() []string {
	about := fmt.Sprintf("%s computes [Tile]s of 1 to %d rows", s.name, s.rows)
	switch {
	case s.adjacent:
		about = fmt.Sprintf("%s computes [Tile]s with RS = 4, or 1 row, of 1 to %d rows", s.name, s.rows)
	case s.pairs:
		about = fmt.Sprintf("%s computes [Tile]s with KS = 4 of 1 to %d rows", s.name, s.rows)
	}
	most, last := s.width(), s.columns(len(s.lanes)-1)
	if s.partial {
		most--
	}
	switch {
	case s.rows == 1:
		return []string{fmt.Sprintf("%s computes [Tile]s of 1 row and a multiple of %d columns.", s.name, most)}
	case s.mask == unmasked:
		return []string{fmt.Sprintf("%s and %d columns.", about, most)}
	default:
		return []string{fmt.Sprintf("%s and %d to %d columns.", about, last+1, most)}
	}
}

// acc is vector j of row i of the tile, b vector j of a row of B, broadcast an
// element of row i of A as wide as vector j.
func (s shape) acc(i, j int) reg.VecPhysical { return s.vector(j, i*len(s.lanes)+j) }
func (s shape) b(j int) reg.VecPhysical      { return s.acc(s.rows, j) }
func (s shape) broadcast(i, j int) reg.VecPhysical {
	return s.vector(j, (s.rows+1)*len(s.lanes)+i%s.broadcasts)
}

// place is where vector j of a row lies: base is the row in the first panel, next
// the distance to the next one.
func (s shape) place(base, next reg.Register, j int) operand.Mem {
	column := s.columns(j)
	mem := operand.Mem{Base: base, Disp: column % Panel * 4}
	switch panel := column / Panel; panel {
	case 0:
	case 3:
		mem.Index, mem.Scale = reg3, 1
	default:
		mem.Index, mem.Scale = next, uint8(panel)
	}
	return mem
}

// rowAddress is where element i of a column of A lies that begins at a: next to element
// 0 or, if i is an odd number times 1, 2, 4 or 8, as many times RS further on.
func (s shape) rowAddress(a reg.Register, i int) operand.Mem {
	if s.adjacent {
		return operand.Mem{Base: a, Disp: 4 * i}
	}
	return address.Row(a, regOdd[:], i)
}

// element is element i of the column of A that is multiplied in step p of a turn.
func (s shape) element(i, p int) operand.Mem {
	mem := s.rowAddress(regA, i)
	switch {
	case p == 0:
	case s.adjacent:
		mem.Index, mem.Scale = regKS, 1
	default:
		mem.Disp = 4
	}
	return mem
}

// row is vector j of the row of B in step p of a turn.
func (s shape) row(j, p int) operand.Mem {
	mem := s.place(regB, regB1, j)
	if p > 0 {
		mem.Index, mem.Scale = regBS, 1
	}
	return mem
}

// vector is the register i, as wide as vector j of a row.
func (s shape) vector(j, i int) reg.VecPhysical {
	if s.lanes[j] == 16 {
		return zmm[i]
	}
	return ymm[i]
}

var zmm = [...]reg.VecPhysical{
	reg.Z0, reg.Z1, reg.Z2, reg.Z3, reg.Z4, reg.Z5, reg.Z6, reg.Z7, reg.Z8, reg.Z9, reg.Z10, reg.Z11, reg.Z12, reg.Z13, reg.Z14, reg.Z15,
	reg.Z16, reg.Z17, reg.Z18, reg.Z19, reg.Z20, reg.Z21, reg.Z22, reg.Z23, reg.Z24, reg.Z25, reg.Z26, reg.Z27, reg.Z28, reg.Z29, reg.Z30, reg.Z31,
}

var ymm = [...]reg.VecPhysical{
	reg.Y0, reg.Y1, reg.Y2, reg.Y3, reg.Y4, reg.Y5, reg.Y6, reg.Y7, reg.Y8, reg.Y9, reg.Y10, reg.Y11, reg.Y12, reg.Y13, reg.Y14, reg.Y15,
	reg.Y16, reg.Y17, reg.Y18, reg.Y19, reg.Y20, reg.Y21, reg.Y22, reg.Y23, reg.Y24, reg.Y25, reg.Y26, reg.Y27, reg.Y28, reg.Y29, reg.Y30, reg.Y31,
}

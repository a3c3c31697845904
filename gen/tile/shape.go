package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
)

// mask is how a micro-kernel touches only the columns of its tile.
type mask uint8

const (
	unmasked     mask = iota
	vectorMask        // a vector of words, as AVX2 has it
	registerMask      // bits in a mask register, as AVX-512 has it
)

// shape is the register budget of one micro-kernel.
type shape struct {
	of         element
	kind       string // begins the name
	isa        string // ends it
	rows       int    // most rows of a tile
	vectors    []int  // bytes of each of a row's vectors
	broadcasts int    // registers that elements of A take turns in
	mask       mask   // of a row's last vector
	partial    bool   // that vector is never whole
	fetchesB   bool   // fetches rows of B some steps ahead or, if for a single row, columns
	prefetches bool   // and what is needed after the tile
	rowwise    bool   // tall tiles end row by row
	adjacent   bool   // elements of a column of A: RS is their size
	pairs      bool   // of steps are a turn of the loop; where columns are not adjacent, rows are: KS is their size
}

// name is the function's.
func (s shape) name() string { return fmt.Sprintf("%s%dx%d%s", s.kind, s.rows, s.width(), s.isa) }

// check panics if registers would have two uses.
func (s shape) check() {
	if s.pairs && s.width() > s.of.panel() || s.fetchesB && s.rows > 1 && s.width() > 2*s.of.panel() || s.prefetches && !s.adjacent && s.rows > 7 || s.fetchesB && s.rows > 14 {
		panic(fmt.Sprintf("tile: %s needs registers that are taken", s.name()))
	}
}

// tall tells whether m rows are more than half of a kernel's most rows. Only such
// tiles come several at a time.
func tall(m, rows int) bool { return 2*m > rows }

// columns is how many columns the first n vectors of a row hold.
func (s shape) columns(n int) int {
	sum := 0
	for _, bytes := range s.vectors[:n] {
		sum += bytes / s.of.size
	}
	return sum
}

func (s shape) width() int { return s.columns(len(s.vectors)) }

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
	about := fmt.Sprintf("%s computes [Tile]s of 1 to %d rows", s.name(), s.rows)
	switch {
	case s.adjacent:
		about = fmt.Sprintf("%s computes [Tile]s with RS = %d, or 1 row, of 1 to %d rows", s.name(), s.of.size, s.rows)
	case s.pairs:
		about = fmt.Sprintf("%s computes [Tile]s with KS = %d of 1 to %d rows", s.name(), s.of.size, s.rows)
	}
	most, last := s.width(), s.columns(len(s.vectors)-1)
	if s.partial {
		most--
	}
	switch {
	case s.rows == 1:
		return []string{fmt.Sprintf("%s computes [Tile]s of 1 row and a multiple of %d columns.", s.name(), most)}
	case s.mask == unmasked:
		return []string{fmt.Sprintf("%s and %d columns.", about, most)}
	default:
		return []string{fmt.Sprintf("%s and %d to %d columns.", about, last+1, most)}
	}
}

// acc is vector j of row i of the tile, b vector j of a row of B, broadcast an
// element of row i of A as wide as vector j.
func (s shape) acc(i, j int) reg.VecPhysical { return s.vector(j, i*len(s.vectors)+j) }
func (s shape) b(j int) reg.VecPhysical      { return s.acc(s.rows, j) }
func (s shape) broadcast(i, j int) reg.VecPhysical {
	return s.vector(j, (s.rows+1)*len(s.vectors)+i%s.broadcasts)
}

// place is where vector j of a row lies: base is the row in the first panel, next
// the distance to the next one.
func (s shape) place(base, next reg.Register, j int) operand.Mem {
	column, panel := s.columns(j), s.of.panel()
	mem := operand.Mem{Base: base, Disp: column % panel * s.of.size}
	switch q := column / panel; q {
	case 0:
	case 3:
		mem.Index, mem.Scale = reg3, 1
	default:
		mem.Index, mem.Scale = next, uint8(q)
	}
	return mem
}

// rowAddress is where element i of a column of A lies that begins at a: next to element
// 0 or, if i is an odd number times 1, 2, 4 or 8, as many times RS further on.
func (s shape) rowAddress(a reg.Register, i int) operand.Mem {
	if s.adjacent {
		return operand.Mem{Base: a, Disp: s.of.size * i}
	}
	return address.Row(a, regOdd[:], i)
}

// oddMultiples finds what the addresses of the rows of A are made of.
func (s shape) oddMultiples(ctx *build.Context, m int) {
	if s.adjacent || m == 1 {
		return
	}
	ctx.MOVQ(field("RS"), regOdd[0])
	address.OddMultiples(ctx, regOdd[:max(1, m/2)])
}

// element is element i of the column of A that is multiplied in step p of a turn.
func (s shape) element(i, p int) operand.Mem {
	mem := s.rowAddress(regA, i)
	switch {
	case p == 0:
	case s.adjacent:
		mem.Index, mem.Scale = regKS, 1
	default:
		mem.Disp = s.of.size
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
	if s.vectors[j] == 64 {
		return zmm[i]
	}
	return ymm[i]
}

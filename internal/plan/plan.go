package plan

import "github.com/targetprop/targetprop/internal/simd/isa"

// Plan is how a product is computed. The fields below Order are for [Blocks].
type Plan struct {
	Way   Way
	Share Share
	A     Left
	B     Right
	Order Order

	TileRows  int // the rows of the tiles for which A is laid out, with InColumns
	BlockK    int // the rows of a block of B, at most
	BlockN    int // its columns, at most
	PassRows  int // how many rows of A meet a block of B at a time, at most: whole tiles
	StepsOn   int // how many steps ahead a tile fetches rows of B, or 0
	ColumnsOn int // how many columns ahead the tile of a single row fetches B, or 0
}

// Way is one of the ways in which a product is computed.
type Way uint8

// The ways.
const (
	Blocks     Way = iota // blocks of B, each by some rows of A at a time
	Small                 // tiles on the factors where they are, without any preparation
	Transposed            // as the transposed product: few columns become few rows
	Vectors               // a transposed B, read row by row as it lies, by a few rows of A
)

// Share is what threads divide.
type Share uint8

// The shares.
const (
	Alone     Share = iota // nothing: the caller's goroutine does everything
	ByColumns              // the columns of C; each thread's part is a product with a plan of its own
	ByRows                 // the rows of C; all pack a block of B together first
)

// Left is how A is read.
type Left uint8

// The ways to read A.
const (
	InPlace   Left = iota
	Copied         // from a copy of the rows that meet a block
	InColumns      // from a copy in which the rows of each tile are columns: one operation less an element
)

// Right is how B is read.
type Right uint8

// The ways to read B.
const (
	Unpacked Right = iota // where it is; a narrow last panel is packed if tiles are as wide as panels
	Packed                // from panels, packed block by block
)

// Order is the order in which tiles follow each other.
type Order uint8

// The orders.
const (
	Down  Order = iota // down the rows of C, tile by tile, then to the next columns
	Along              // along some rows of C: few enough that tiles go on along its lines
)

// Of makes the plan of a product with no empty side that [IsSmall] leaves to it.
func Of(p *Problem) Plan {
	if p.hasFewColumns() {
		return Plan{Way: Transposed}
	}
	plan := Plan{Share: p.share()}
	if p.isByVectors() {
		plan.Way = Vectors
		return plan
	}
	if p.isShort() {
		plan.Order = Along
	}
	plan.A = p.left(plan.Order)
	if plan.A == InColumns {
		plan.TileRows = ColumnsRows(p.ISA, p.panel(), p.M)
	}
	p.sizeBlocks(&plan)
	plan.B = p.right(&plan)
	plan.PassRows = p.passRows(&plan)
	plan.StepsOn = stepsOn(&plan)
	return plan
}

// hasFewColumns tells whether a product is computed as its transpose. Tiles would leave
// most of their lanes empty for 4 columns or fewer. Several columns have to be turned,
// which chains of less than 48 multiply-adds a column would not pay for. A must not be
// scaled: the transpose has it last.
func (p *Problem) hasFewColumns() bool {
	const rows, memory, chain = 64, 4 << 10, 48
	if p.Scaled || p.N > isa.GemvVectors || p.M < rows || p.bytes(p.M*p.K) < memory || p.K < isa.GemvColumns || p.N > 1 && p.K < p.N*chain {
		return false
	}
	return p.ISA.GemvRows(p.panel()) > 0 || p.TransA && p.ISA != isa.Generic
}

// isByVectors tells whether few rows of A meet a B that is stored transposed.
func (p *Problem) isByVectors() bool {
	rows := p.ISA.GemvRows(p.panel())
	return p.TransB && rows > 0 && p.M <= isa.GemvVectors && p.N >= rows && p.K >= isa.GemvColumns
}

// share decides what threads divide. To wake them costs more than they save below a
// million multiply-adds. For few rows of A each thread should read a part of B only.
func (p *Problem) share() Share {
	const work = 1 << 20
	switch {
	case p.Threads == 1 || p.M*p.N*p.K < work:
		return Alone
	case p.M <= isa.GemvVectors || p.M <= fewRows && p.N >= ColumnsUnit(p.panel())*p.Threads:
		return ByColumns
	default:
		return ByRows
	}
}

// ColumnsUnit is the columns that threads do not divide: those of the widest tile.
func ColumnsUnit(panel int) int { return isa.WidestPanels * panel }

// fewRows is up to how many rows of A it never pays to pack B for them.
const fewRows = 2 * isa.MaxTileRows

package plan

import (
	"math"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Blocking, at most. A block of B, 4 KB of each column or 8 MB, is packed once for all
// threads, unless they divide its columns, and stays in the last-level cache. A block of
// A, some rows of as many columns, stays in a thread's second-level cache while the
// panels of a block of B pass it. Long chains keep tiles of C in registers for long, and
// wide blocks need few copies of A.
const (
	blockDepth   = 4 << 10 // bytes of a column of B, or of a row of A
	blockColumns = 2048
)

// passRowsOf is the rows of A that meet a block of B: 224 KB of it. Cores with AVX-512
// have a second-level cache of 1 MB or more for twice as many, and B, which is read from
// the last-level cache for each block of A, is half as much to read.
func passRowsOf(i isa.ISA) int {
	if i == isa.AVX512 {
		return 8 * 14
	}
	return 4 * 14
}

// fewRows is up to how many rows of A it never pays to pack B for them.
const fewRows = 2 * isa.MaxTileRows

// Rows of low blocks of B, and of those for a single row of A and a B from far away,
// along whose rows it goes on and fetches.
const (
	lowBlock    = 48
	lowestBlock = 16
)

// sizeBlocks divides B into blocks of about the same size. If few rows of A meet a large
// B where it is, a column of tiles would find each row of B on another page, too many for
// a core to know and to fetch from by itself; blocks are low then, and all their columns
// follow each other. Where tiles fetch what comes, that pays only for a B far from
// fitting into any near cache.
func (p *Problem) sizeBlocks(plan *Plan) {
	const large, larger, largest = 2 << 20, 8 << 20, 12 << 20 // bytes of B
	few, from := 24, larger
	switch {
	case p.ISA == isa.AVX512 && plan.A == InColumns:
		few = fewRows
	case p.ISA == isa.AVX512 || p.M == 1:
		few, from = fewRows, large
	}
	height := blockDepth / p.Size
	switch b := p.bytes(p.N * p.K); {
	case p.TransB || p.M > few || b < from:
	case p.M == 1 && b >= largest:
		height = lowestBlock
		plan.ColumnsOn = 8 * p.panel() // higher blocks would not stay in the first-level cache for as long
	default:
		height = lowBlock
	}
	plan.BlockK = view.Evenly(p.K, height)
	plan.BlockN = view.RoundUp(view.Evenly(p.N, blockColumns), isa.PackPanels*p.panel())
}

// right decides how B is read. A block that is used for few rows only costs less where
// it is.
func (p *Problem) right(plan *Plan) Right {
	if !p.TransB && p.M <= p.unpackedRows(plan) {
		return Unpacked
	}
	return Packed
}

// unpackedRows is up to how many rows of A it does not pay to pack a block of B: more
// where tiles fetch it, line by line, before they need it, and above all if its lines stay
// in the caches and its pages known. Two lines of a row at a time need half as many visits
// to a page.
func (p *Problem) unpackedRows(plan *Plan) int {
	const (
		smallBlock = 1 << 18 // bytes of a block of B up to which it seldom pays to pack it
		nearB      = 1 << 19 // bytes of a B that the caches hold
		fetchedB   = 4 << 20 // the same, if tiles fetch it
		manyRows   = 512     // from where on it pays to pack a B that the caches hold
	)
	near := nearB
	fetched := p.ISA == isa.AVX2 || p.ISA == isa.AVX512 && (plan.A == InColumns || p.TransA)
	if fetched {
		near = fetchedB
	}
	small := p.bytes(min(plan.BlockK, p.K)*min(plan.BlockN, p.N)) <= smallBlock
	switch {
	case small && (p.lined(p.StrideB) || p.ISA != isa.AVX512):
		return math.MaxInt
	case p.prefetches() && p.memoryOfB() <= near && !p.crowded(p.StrideB):
		return manyRows
	case p.ISA == isa.AVX512 && (fetched || small):
		return passRowsOf(p.ISA)
	default:
		return fewRows
	}
}

// Short chains: the multiply-adds below which a chain may be short, and how many rows of
// A meet B then, at most.
const (
	shortK    = 64
	shortRows = 2 * 14
)

// isShort tells whether reaching C takes longer than the multiplications, since the
// second-level cache is far from holding it; sooner if its rows are no whole lines apart,
// and each vector's place is two. If few rows meet B at a time, C is stored along its
// lines, which cores fetch by themselves; down the rows each is on another page, and tiles
// are over before they could fetch them.
func (p *Problem) isShort() bool {
	const (
		longRow   = 2 << 10 // bytes of a row of C
		longerRow = 3 << 10 // the same, for longer chains
		largeC    = 3 << 20 // bytes
		eachStep  = 1 << 17 // bytes of C for each multiply-add of a chain
	)
	c, row := p.bytes(p.M*p.N), p.bytes(p.N)
	switch {
	case p.ISA != isa.AVX512:
		return false
	case p.K < shortK && row >= longRow && c >= max(p.K, 16)*eachStep:
		return true
	default:
		return p.K < 2*shortK && row >= longerRow && c >= largeC && !p.lined(p.StrideC)
	}
}

// passRows is how many rows of A meet a block of B at a time.
func (p *Problem) passRows(plan *Plan) int {
	most, tile := passRowsOf(p.ISA), plan.TileRows
	if plan.Order == Along {
		most = shortRows
	}
	if tile == 0 {
		columns := p.N
		if p.TransA { // such tiles are of two panels at most
			columns = min(columns, 2*p.panel())
		}
		tile = p.ISA.TileRows(p.panel(), p.ISA.TileColumns(p.panel(), most, columns)) // of the first column
	}
	return most - most%tile
}

// How many steps ahead rows of B are fetched. The first-level cache could not hold many
// more of a matrix whose rows are pages apart.
const (
	StepsOn         = 16
	stepsOnUnpacked = 8
)

// stepsOn is how many steps ahead rows of a block are fetched. Panels of less than 256 rows,
// 32 KB, stay in the first-level cache with the tiles of A that meet them.
func stepsOn(plan *Plan) int {
	const longBlock = 256
	switch {
	case plan.BlockK < longBlock:
		return 0
	case plan.B == Unpacked:
		return stepsOnUnpacked
	default:
		return StepsOn
	}
}

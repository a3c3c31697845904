package plan

import (
	"math"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// The most of a block of B: 4 KB of each of 2,048 columns. For float32 that is 8 MB, which
// the last-level cache holds. Threads that divide rows pack it once for all of them. Some
// rows of A meet it at a time, and stay in a thread's second-level cache while its panels
// pass them. Deep blocks keep tiles of C in registers for long; wide ones need few copies
// of A.
const (
	blockDepth   = 4 << 10 // bytes of a column of B, or of a row of A
	blockColumns = 2048
)

// passRowsOf is how many rows of A meet a block of B at a time: 56, which are 224 KB, or
// 112 with AVX-512. Cores that have it have a second-level cache of 1 MB or more. B is
// read from the last-level cache for each such group of rows, so half as often with twice
// as many.
func passRowsOf(i isa.ISA) int {
	if i == isa.AVX512 {
		return 8 * 14
	}
	return 4 * 14
}

// fewRows is the most rows of A for which it never pays to pack B.
const fewRows = 2 * isa.MaxTileRows

// The rows of low blocks of B, and of the lowest: those for a single row of A and a B from
// memory, along whose rows a tile goes and fetches.
const (
	lowBlock    = 48
	lowestBlock = 16
)

// sizeBlocks divides B into blocks of about the same size. They are low if few rows of A
// meet a large B where it is, and all columns of a block follow each other. A column of
// tiles down the whole of B would find each row on another page: too many for a core to
// know and to fetch from by itself. With AVX-512 low blocks are for up to 32 rows of A and
// 2 MB of B, or 8 MB if A is in columns, whose tiles fetch B. Elsewhere they are for up to
// 24 rows and 8 MB, and for a single row and 2 MB.
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

// right decides how B is read. A block that few rows use costs less where it is.
func (p *Problem) right(plan *Plan) Right {
	if !p.TransB && p.M <= p.unpackedRows(plan) {
		return Unpacked
	}
	return Packed
}

// unpackedRows is the most rows of A for which it does not pay to pack a block of B. They
// are more where tiles fetch B, line by line, before they need it. They are most where
// its lines stay in the caches and its pages known. Tiles of AVX-512 take two lines of a
// row at a time, which is half as many visits to a page.
func (p *Problem) unpackedRows(plan *Plan) int {
	const (
		smallBlock = 1 << 18 // bytes of a block of B up to which it seldom pays to pack it
		nearB      = 1 << 19 // bytes of a B that the caches hold
		fetchedB   = 4 << 20 // the same, if tiles fetch it
		manyRows   = 512     // from where on it pays to pack a B that the caches hold
		thrashing  = 95      // the most rows for a B that the first-level cache does not
		ragged     = 127     // the most for a small B whose rows are no whole lines apart: they may alias those of C
	)
	near := nearB
	fetched := p.ISA == isa.AVX2 || p.ISA == isa.AVX512 && (plan.A == InColumns || p.TransA)
	if fetched {
		near = fetchedB
	}
	small := p.bytes(min(plan.BlockK, p.K)*min(plan.BlockN, p.N)) <= smallBlock
	switch {
	case p.thrashes(plan) && p.crowded(p.StrideB):
		return fewRows
	case p.thrashes(plan):
		return thrashing
	case small && p.ISA == isa.AVX2 && !p.lined(p.StrideB):
		return ragged
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

// thrashes tells whether each column of tiles would read a block of B where it is from the
// second-level cache again. Rows half a page apart begin in two sets of the first-level
// cache, of 8 lines each: longer columns drive themselves out. To pack such a B makes
// products of 256 x 256 x 256 float64 a quarter faster on a Zen 3. Tiles of AVX-512 fetch
// such rows.
func (p *Problem) thrashes(plan *Plan) bool {
	const lines = 2 * 8
	return p.ISA != isa.AVX512 && p.bytes(p.StrideB)%(view.Page/2) == 0 && min(plan.BlockK, p.K) > 4*lines
}

// Short chains: the multiply-adds below which a chain may be short, and the most rows of
// A that meet B at a time then.
const (
	shortK    = 64
	shortRows = 2 * 14
)

// isShort tells whether chains are short: to reach C takes longer than to multiply. C is
// then far larger than the second-level cache. Tiles go along C in that case, a few rows
// at a time: cores fetch its lines by themselves. Down C each row is on another page, and
// a tile is over before it could fetch the next one's places. A core that crosses pages
// reaches them: along C a Zen 5 has 0.6 to 0.8 of the speed that it has down C. Longer chains
// count as short if the rows of C are no whole lines apart, where each vector has two places.
func (p *Problem) isShort() bool {
	const (
		longRow   = 2 << 10 // bytes of a row of C
		longerRow = 3 << 10 // the same, for longer chains
		largeC    = 3 << 20 // bytes
		eachStep  = 1 << 17 // bytes of C for each multiply-add of a chain
	)
	c, row := p.bytes(p.M*p.N), p.bytes(p.N)
	switch {
	case p.ISA != isa.AVX512 || p.CrossesPages:
		return false
	case p.K < shortK && row >= longRow && c >= max(p.K, 16)*eachStep:
		return true
	default:
		return p.K < 2*shortK && row >= longerRow && c >= largeC && !p.lined(p.StrideC)
	}
}

// passRows is how many rows of A meet a block of B at a time. Two such groups are about
// equal: 64 rows, which blocks of LAPACK have, are not 54 and 10. Threads take the rows of a
// triangle from the longest on: 4 times each at least, so that they end at about the same
// time.
func (p *Problem) passRows(plan *Plan) int {
	const shares = 4
	most, tile := p.mostPassRows(plan), plan.TileRows
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
	if p.Triangle && p.Threads > 1 {
		most = max(tile, min(most, p.M/(shares*p.Threads)))
	}
	most -= most % tile
	if most < p.M && p.M < 2*most {
		return view.RoundUp(view.Evenly(p.M, most), tile)
	}
	return most
}

// mostPassRows is passRowsOf, but with AVX2 up to 4 times as many if chains are short: as many as
// take 96 KB. A column of tiles begins more seldom then. Products of 32 and 64 terms are up to a
// tenth faster on a Zen 3. Threads that share the rows have 4 times each.
func (p *Problem) mostPassRows(plan *Plan) int {
	const (
		memory = 96 << 10 // bytes of A
		longer = 4
		shares = 4
	)
	most := passRowsOf(p.ISA)
	if p.ISA != isa.AVX2 {
		return most
	}
	more := min(longer*most, memory/p.bytes(plan.BlockK))
	if p.Threads > 1 {
		more = min(more, p.M/(shares*p.Threads))
	}
	return max(most, more)
}

// How many steps ahead rows of B are fetched: from panels, and from B where it is. Of a
// matrix whose rows are pages apart the first-level cache could not hold many more.
const (
	StepsOn         = 16
	stepsOnUnpacked = 8
)

// stepsOn is how many steps ahead rows of a block are fetched. It is none for blocks of
// less than 256 rows: two panels of them are 32 KB and stay in the first-level cache with
// the tiles of A that meet them.
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

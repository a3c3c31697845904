package kernels

import (
	"math"
	"sync"
)

// Blocking of Gemm, at most. A block of B, blockK x blockN or 8 MB, is packed once for
// all threads, unless they divide its columns, and stays in the last-level cache. A block
// of A, blockRows x blockK, stays in a thread's second-level cache while the panels of a
// block of B pass it. Long chains keep tiles of C in registers for long, and wide blocks
// need few copies of A.
const (
	blockK = 1024
	blockN = 2048
)

// blockRows is the rows of A that meet a block of B: 224 KB of it. Cores with AVX-512 have
// a cache of 1 MB or more for twice as many, and B, which is read from the last-level cache
// for each block of A, is half as much to read.
func (i ISA) blockRows() int {
	if i == AVX512 {
		return 8 * 14
	}
	return 4 * 14
}

// A is of few rows if it never pays to pack B for them, of many from where on it pays to pack
// a B that the caches hold.
const (
	rowsAreFew = 2 * maxTileRows
	manyRows   = 512
)

// smallB is the elements of a block of B, 256 KB, up to which it seldom pays to pack it.
const smallB = 1 << 16

// fewRows is for how many rows of A it does not pay to pack the block of B: more where
// tiles fetch it, line by line, before they need it, and above all if its lines stay in
// the caches and its pages known. Two lines of a row at a time need half as many visits to
// a page. Where rows are no whole lines apart, a vector of AVX-512 is parts of two, which
// takes longer if nothing has fetched them.
func (g *gemm) fewRows(b *blockB) int {
	near := 1 << 17 // floats, half a megabyte
	fetched := g.isa == AVX2 || g.isa == AVX512 && (g.height > 0 || g.transA)
	if fetched {
		near = 1 << 20
	}
	small := b.k*b.n <= smallB
	switch {
	case small && (g.b.Stride%Panel == 0 || g.isa != AVX512):
		return math.MaxInt
	case g.isa.fetchingColumns() > 0 && g.b.Rows*g.b.Stride <= near && !crowded(g.b.Stride):
		return manyRows
	case g.isa == AVX512 && (fetched || small):
		return g.isa.blockRows()
	default:
		return rowsAreFew
	}
}

// gemm is a product.
type gemm struct {
	isa            ISA
	transA, transB bool
	alpha          float32
	a, b, c        Matrix
	zero           bool // the chains begin with 0 and not with c
	height         int  // of the tiles for which rows of A are laid out, or 0
}

// parallelProduct is the number of multiply-adds from which waking the other
// threads costs less than it saves.
const parallelProduct = 1 << 20

// newGemm is the product; zero says that its chains begin with 0 and not with c.
func newGemm(isa ISA, transA, transB bool, alpha float32, a, b Matrix, zero bool, c Matrix) gemm {
	g := gemm{isa: isa, transA: transA, transB: transB, alpha: alpha, a: a, b: b, c: c, zero: zero}
	if g.laysOut() {
		g.height = isa.columnsHeight(a.Rows)
	}
	return g
}

// laysOut tells whether rows of A are laid out: where B, or everything, is more than the
// second-level cache has room for beside other things, since only tiles of columns fetch it
// before they need it; sooner where the rows of B are no whole lines apart.
func (g *gemm) laysOut() bool {
	const large, largeB, largest, smallest = 3 << 17, 1 << 17, 1 << 19, 1 << 15 // elements
	const fewest, shortest = 160, 20                                            // columns, multiply-adds
	m, n, k := g.sizes()
	switch sizeB := k * n; {
	case g.transA || k < shortest || k < shortChain && g.shortChains() || !g.isa.canLayOut(m, k):
		return false
	case m <= rowsAreFew: // which read B where it is, unless it is transposed
		return sizeB >= large
	case g.transB: // which is packed
		return n >= columnsFrom
	case n < fewest:
		return false
	case sizeB >= largeB || m*(k+n)+sizeB >= largest:
		return true
	default:
		return g.b.Stride%Panel != 0 && sizeB >= smallest
	}
}

// sizes are the rows and columns of C, and the multiply-adds of each of its elements.
func (g *gemm) sizes() (m, n, k int) {
	k = g.a.Cols
	if g.transA {
		k = g.a.Rows
	}
	return g.c.Rows, g.c.Cols, k
}

// blockedGemm computes a product in blocks. beta is 0 or 1.
func (e *Engine) blockedGemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) {
	g := newGemm(e.isa, transA, transB, alpha, a, b, beta == 0, c)
	switch m, n, k := g.sizes(); {
	case alpha == 1 && e.isa.hasFewColumns(transA, m, n, k):
		e.transposedGemm(transA, transB, a, b, beta, c)
	case e.pool == nil || m*n*k < parallelProduct:
		g.run()
	case m <= mostVectors || m <= rowsAreFew && n >= mostColumns*e.Threads():
		g.runColumns(e)
	default:
		g.runRows(e)
	}
}

// blockB is a block of B: k rows from k0 on of n columns from n0 on.
type blockB struct {
	k0, k, n0, n int
	inPlace      bool   // all panels but a narrow last one are read where they are
	late         bool   // panels are packed when the first rows need them
	packed       Packed // the last columns
}

// packBuffers holds what Gemm packs.
type packBuffers struct {
	a, b    []float32
	current blockB
}

var packPool = sync.Pool{New: func() any { return new(packBuffers) }}

// grow makes *buffer at least n long.
func grow(buffer *[]float32, n int) []float32 {
	if len(*buffer) < n {
		*buffer = alignedFloats(n)
	}
	return (*buffer)[:n]
}

// run goes through the blocks of B.
func (g *gemm) run() {
	buffers := packPool.Get().(*packBuffers)
	if g.isGemv() {
		g.runGemv(buffers)
		packPool.Put(buffers)
		return
	}
	m := g.c.Rows
	g.eachBlock(buffers, func(b *blockB) {
		b.late = !b.inPlace
		if b.inPlace {
			g.packPanels(b, 0, b.packed.Panels())
		}
		g.rows(b, 0, m, m, buffers)
	})
	packPool.Put(buffers)
}

// runColumns is run on the threads of e for few rows: they divide the columns, so that each
// reads a part of B only.
func (g gemm) runColumns(e *Engine) {
	const unit = mostColumns
	n := g.c.Cols
	e.Split((n+unit-1)/unit, func(lo, hi int) {
		lo, hi = lo*unit, min(hi*unit, n)
		var b Matrix
		if g.transB {
			b = g.b.Slice(lo, hi)
		} else {
			b = g.b.columns(lo, hi)
		}
		part := newGemm(g.isa, g.transA, g.transB, g.alpha, g.a, b, g.zero, g.c.columns(lo, hi))
		part.run()
	})
}

// runRows is run on the threads of e: they pack a block together, then divide the rows of C.
func (g gemm) runRows(e *Engine) {
	buffers := packPool.Get().(*packBuffers)
	m := g.c.Rows
	g.eachBlock(buffers, func(b *blockB) {
		e.Split(b.packed.Panels(), func(lo, hi int) { g.packPanels(b, lo, hi) })
		unit := max(1, g.height)
		e.pieces((m+unit-1)/unit, g.passRows()/unit, func(lo, hi, end int) {
			own := packPool.Get().(*packBuffers)
			g.rows(b, lo*unit, min(hi*unit, m), min(end*unit, m), own)
			packPool.Put(own)
		})
	})
	packPool.Put(buffers)
}

// eachBlock divides B into blocks of about the same size.
func (g *gemm) eachBlock(buffers *packBuffers, do func(b *blockB)) {
	_, n, k := g.sizes()
	high, wide := evenly(k, g.blockHeight()), roundUp(evenly(n, blockN), copiedColumns)
	for k0 := 0; k0 < k; k0 += high {
		for n0 := 0; n0 < n; n0 += wide {
			b := &buffers.current
			*b = blockB{k0: k0, k: min(high, k-k0), n0: n0, n: min(wide, n-n0)}
			g.readOrPack(b, buffers)
			do(b)
		}
	}
}

// blockHeight is the most rows of a block of B. If few rows of A meet a large B where it is,
// a column of tiles would find each row of B on another page, too many for a core to know
// and to fetch from by itself; blocks are low then, and all their columns follow each other.
// Where tiles fetch what is ahead, that pays only for a B far from fitting into any near cache.
func (g *gemm) blockHeight() int {
	const large, larger, largest = 1 << 19, 1 << 21, 3 << 20 // elements
	m, n, k := g.sizes()
	few, from := 24, larger
	switch {
	case g.isa == AVX512 && g.height > 0:
		few = rowsAreFew
	case g.isa == AVX512 || m == 1:
		few, from = rowsAreFew, large
	}
	switch {
	case g.transB || m > few || n*k < from:
		return blockK
	case m == 1 && n*k >= largest:
		return lowestBlock
	default:
		return lowBlock
	}
}

// The rows of low blocks of B, and of those for a single row of A and a B from far away,
// along whose rows it goes on and fetches.
const (
	lowBlock    = 48
	lowestBlock = 16
)

// readOrPack decides how B is read. A block that is used for few rows only costs less
// where it is.
func (g *gemm) readOrPack(b *blockB, buffers *packBuffers) {
	cols := b.n
	if !g.transB && g.c.Rows <= g.fewRows(b) {
		b.inPlace = true
		cols = b.n % Panel
		if g.isa.tilesAnyWidth() {
			cols = 0
		}
	}
	b.packed = Packed{Rows: b.k, Cols: cols, Data: grow(&buffers.b, b.k*roundUp(cols, Panel))}
}

// oddLines is the distance of rows of that length: an odd number of cache lines, since
// with an even one the rows of a tile would crowd into a part of the caches' sets.
func oddLines(length int) int { return (roundUp(length, Panel)/Panel | 1) * Panel }

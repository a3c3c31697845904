package kernels

import "sync"

// Blocking of Gemm, at most. A strip of B, stripBlocks blocks of blockK rows and up to
// blockN columns, 4 or 8 MB, is packed once for all threads and stays in the last-level
// cache. A block of A, blockRows x blockK, stays in a thread's
// second-level cache while the panels of a block of B pass it, and the rows of C stay
// there from one block of B to the next. Long chains keep tiles of C in registers for
// long.
const (
	blockK      = 1024
	blockN      = 1024
	stripBlocks = 2
	keptRows    = 4096
)

// blockRows is the rows of A that meet a block of B: 224 KB of it, and 115 KB of C with
// 512 columns, or twice that. Cores with AVX-512 have 1 MB or more for twice as many, and
// B, which is read from the last-level cache for each block of A, is half as much to read.
func (i ISA) blockRows() int {
	if i == AVX512 {
		return 8 * 14
	}
	return 4 * 14
}

// manyRows is from how many rows of A on it pays to pack a B that the caches hold.
const manyRows = 512

// fewRows is for how many rows of A it does not pay to pack B: more where tiles fetch
// it, line by line, before they need it, and above all if its lines stay in the caches
// and its pages known. Two lines of a row at a time need half as many visits to a page.
func (g *gemm) fewRows() int {
	near := 1 << 17 // floats, half a megabyte
	fetched := g.isa == AVX2 || g.isa == AVX512 && (g.height > 0 || g.transA)
	if fetched {
		near = 1 << 20
	}
	switch {
	case g.isa.fetchingColumns() > 0 && g.b.Rows*g.b.Stride <= near && !crowded(g.b.Stride):
		return manyRows
	case fetched && g.isa == AVX512:
		return g.isa.blockRows()
	default:
		return 2 * maxTileRows
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

// newGemm is the product. beta is 0 or 1.
func newGemm(e *Engine, transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) gemm {
	g := gemm{isa: e.isa, transA: transA, transB: transB, alpha: alpha, a: a, b: b, c: c, zero: beta == 0}
	if !transA && e.isa.inColumns(a.Rows, a.Cols, c.Cols) {
		g.height = e.isa.columnsHeight(a.Rows)
	}
	return g
}

// blockedGemm computes a product in blocks. beta is 0 or 1.
func (e *Engine) blockedGemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix, m, n, k int) {
	g := newGemm(e, transA, transB, alpha, a, b, beta, c)
	if e.pool == nil || m*n*k < parallelProduct {
		g.run(m, n, k)
		return
	}
	g.runParallel(m, n, k, e)
}

// strip is a part of B, and the rows of A that it meets.
type strip struct {
	m0, m1, k0, k1, n0, n int
	high                  int  // of its blocks, which lie one below the other
	inPlace               bool // all panels but a narrow last one are read where they are
	late                  bool // panels are packed when the first rows need them
	copied                bool // the copy of A that is kept is there
	cols                  int  // that are packed, the last ones
	packed, kept          []float32
	keptLength            int // of what is kept for a block
}

// bBlock is k rows from k0 on of a strip.
type bBlock struct {
	k0, k  int
	packed Packed
	kept   []float32 // a copy of the rows of A that meet it, if one is kept
}

// blocks is the number of blocks.
func (s *strip) blocks() int {
	if s.k1-s.k0 == s.high {
		return 1 // without the division, which a small product would feel
	}
	return (s.k1 - s.k0 + s.high - 1) / s.high
}

func (s *strip) block(q int) bBlock {
	first := q * s.high
	b := bBlock{k0: s.k0 + first, k: min(s.high, s.k1-s.k0-first)}
	b.packed = Packed{Rows: b.k, Cols: s.cols, Data: s.packed[first*roundUp(s.cols, Panel):]}
	if s.kept != nil {
		b.kept = s.kept[q*s.keptLength:]
	}
	return b
}

// packBuffers holds what Gemm packs, and rows of C between two blocks of B.
type packBuffers struct {
	a, b, c []float32
	strip   strip // under way
}

var packPool = sync.Pool{New: func() any { return new(packBuffers) }}

// grow makes *buffer at least n long.
func grow(buffer *[]float32, n int) []float32 {
	if len(*buffer) < n {
		*buffer = alignedFloats(n)
	}
	return (*buffer)[:n]
}

// run goes through the strips of B.
func (g *gemm) run(m, n, k int) {
	buffers := packPool.Get().(*packBuffers)
	g.eachStrip(m, n, k, buffers, func(s *strip) {
		s.late = !s.inPlace
		for q := 0; s.inPlace && s.cols > 0 && q < s.blocks(); q++ {
			b := s.block(q)
			g.packPanels(s, b, 0, b.packed.Panels())
		}
		g.rows(s, s.m0, s.m1, buffers)
	})
	packPool.Put(buffers)
}

// runParallel is run on the threads of e: they pack a strip together, then
// divide the rows of C.
func (g gemm) runParallel(m, n, k int, e *Engine) {
	buffers := packPool.Get().(*packBuffers)
	g.eachStrip(m, n, k, buffers, func(s *strip) {
		for q := range s.blocks() {
			b := s.block(q)
			e.Split(b.packed.Panels(), func(lo, hi int) { g.packPanels(s, b, lo, hi) })
		}
		unit := g.together()
		e.Split((s.m1-s.m0+unit-1)/unit, func(lo, hi int) {
			own := packPool.Get().(*packBuffers)
			g.rows(s, s.m0+lo*unit, min(s.m0+hi*unit, s.m1), own)
			packPool.Put(own)
		})
	})
	packPool.Put(buffers)
}

// eachStrip divides B into strips of about the same size. Where A is copied, for
// several of them, the copy is kept: of keptRows rows (34 MB), for which it does all
// strips before it goes on. A copy of a transposed A is not kept, so that its
// strips are wide and of one block.
func (g *gemm) eachStrip(m, n, k int, buffers *packBuffers, do func(s *strip)) {
	high, copies := evenly(k, blockK), g.copiesA()
	tall, deep, wide := m, high, blockN
	if high < k && !(copies && g.transA) {
		deep = high * evenly((k+high-1)/high, stripBlocks)
		wide = stripColumns()
	}
	wide = roundUp(evenly(n, wide), copiedColumns)
	keeps := n > wide && copies && !g.transA
	if keeps {
		tall = min(m, keptRows)
	}
	for m0 := 0; m0 < m; m0 += tall {
		for k0 := 0; k0 < k; k0 += deep {
			for n0 := 0; n0 < n; n0 += wide {
				s := &buffers.strip
				*s = strip{m0: m0, m1: min(m, m0+tall), k0: k0, k1: min(k, k0+deep), n0: n0, n: min(wide, n-n0), high: high}
				if keeps {
					s.keptLength = roundUp(s.m1-m0, g.together()) * g.copyStride(high)
					s.kept, s.copied = grow(&buffers.a, s.blocks()*s.keptLength), n0 > 0
				}
				g.readOrPack(s, buffers)
				do(s)
			}
		}
	}
}

// readOrPack decides how B is read. A block that is small, or used for few rows only,
// costs less where it is.
func (g *gemm) readOrPack(s *strip, buffers *packBuffers) {
	const smallB = 1 << 16 // 256 KB of floats
	s.cols = s.n
	if !g.transB && (s.high*s.n <= smallB || s.m1-s.m0 <= g.fewRows()) {
		s.inPlace = true
		s.cols = s.n % Panel
		if g.isa.tilesAnyWidth() {
			s.cols = 0
		}
	}
	s.packed = grow(&buffers.b, (s.k1-s.k0)*roundUp(s.cols, Panel))
}

// oddLines is the distance of rows of that length: an odd number of cache lines, since
// with an even one the rows of a tile would crowd into a part of the caches' sets.
func oddLines(length int) int { return (roundUp(length, Panel)/Panel | 1) * Panel }

package kernels

import "sync"

// Blocking of Gemm, at most. A block of B, blockK x blockN, is packed once for all
// threads and stays in the last-level cache (4 MB); a block of A, blockM x blockK,
// stays in a thread's second-level cache (224 KB) while the panels of B pass it.
// Long chains keep tiles of C in registers for long: those of a matrix whose rows
// are pages apart crowd into a few sets of the first-level cache.
const (
	blockK = 1024
	blockM = 4 * 14
	blockN = 1024
)

// gemm is a product.
type gemm struct {
	isa            ISA
	transA, transB bool
	alpha          float32
	a, b, c        Matrix
	zero           bool // the chains begin with 0 and not with c
}

// parallelProduct is the number of multiply-adds from which waking the other
// threads costs less than it saves.
const parallelProduct = 1 << 20

// blockedGemm computes a product in blocks. beta is 0 or 1.
func (e *Engine) blockedGemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix, m, n, k int) {
	g := gemm{isa: e.isa, transA: transA, transB: transB, alpha: alpha, a: a, b: b, c: c, zero: beta == 0}
	if e.pool == nil || m*n*k < parallelProduct {
		g.run(m, n, k)
		return
	}
	g.runParallel(m, n, k, e)
}

// bBlock is a part of B: k rows from k0 on, n columns from n0 on.
type bBlock struct {
	k0, k, n0, n int
	inPlace      bool   // all panels but a narrow last one are read where they are
	late         bool   // panels are packed when the first rows need them
	packed       Packed // the panels that are not
}

// packBuffers holds what Gemm packs.
type packBuffers struct{ a, b []float32 }

var packPool = sync.Pool{New: func() any { return new(packBuffers) }}

// grow makes *buffer at least n long.
func grow(buffer *[]float32, n int) []float32 {
	if len(*buffer) < n {
		*buffer = alignedFloats(n)
	}
	return (*buffer)[:n]
}

// run goes through the blocks of B, with all of A for each.
func (g *gemm) run(m, n, k int) {
	buffers := packPool.Get().(*packBuffers)
	g.eachBlock(m, n, k, buffers, func(b bBlock) {
		if b.inPlace {
			g.packPanels(b, 0, b.packed.Panels())
		}
		b.late = !b.inPlace
		g.rows(b, 0, m, buffers)
	})
	packPool.Put(buffers)
}

// runParallel is run on the threads of e: they pack a block together, then
// divide the rows of C.
func (g gemm) runParallel(m, n, k int, e *Engine) {
	buffers := packPool.Get().(*packBuffers)
	g.eachBlock(m, n, k, buffers, func(b bBlock) {
		e.Split(b.packed.Panels(), func(lo, hi int) { g.packPanels(b, lo, hi) })
		e.Split(m, func(lo, hi int) {
			own := packPool.Get().(*packBuffers)
			g.rows(b, lo, hi, own)
			packPool.Put(own)
		})
	})
	packPool.Put(buffers)
}

// eachBlock divides B into blocks of about the same size.
func (g *gemm) eachBlock(m, n, k int, buffers *packBuffers, do func(b bBlock)) {
	high, wide := evenly(k, blockK), roundUp(evenly(n, blockN), copiedColumns)
	for n0 := 0; n0 < n; n0 += wide {
		for k0 := 0; k0 < k; k0 += high {
			do(g.block(m, k0, min(high, k-k0), n0, min(wide, n-n0), buffers))
		}
	}
}

// block decides how a block of B is read. One that is small, or used for few
// rows only, costs less where it is.
func (g *gemm) block(m, k0, k, n0, n int, buffers *packBuffers) bBlock {
	const smallB = 1 << 16 // 256 KB of floats
	b := bBlock{k0: k0, k: k, n0: n0, n: n, packed: Packed{Rows: k, Cols: n}}
	if !g.transB && (k*n <= smallB || m <= 2*maxTileRows) {
		b.inPlace = true
		b.packed.Cols = n % Panel
		if g.isa.tilesAnyWidth() {
			b.packed.Cols = 0
		}
	}
	b.packed.Data = grow(&buffers.b, b.packed.Panels()*k*Panel)
	return b
}

// from is the block from its column col on.
func (g *gemm) from(b bBlock, col int) panels {
	switch {
	case !b.inPlace:
		return b.packed.from(0, col)
	case b.packed.Cols > 0 && col >= b.n-b.packed.Cols:
		return b.packed.from(0, 0)
	default:
		return panels{g.b.Data[b.k0*g.b.Stride+b.n0+col:], Panel, g.b.Stride}
	}
}

// rows computes the rows lo to hi-1 of C with a block of B.
func (g *gemm) rows(b bBlock, lo, hi int, buffers *packBuffers) {
	zero := g.zero && b.k0 == 0
	high := blockM - blockM%g.isa.tileRows(2*Panel)
	var next [mostAhead]ahead
	var t tileArgs
	t.k = b.k
	t.c.next, t.c.row = Panel, g.c.Stride
	t.init = zeroPanels()
	if !zero {
		t.init.next, t.init.row = t.c.next, t.c.row
	}
	for i0 := lo; i0 < hi; i0 += t.rows {
		t.rows = min(high, hi-i0)
		t.a = g.operand(b, i0, t.rows, buffers)
		packing, packed := b.late && i0 == lo, 0
		for col := 0; col < b.n; col += t.columns {
			t.columns = g.isa.tileColumns(t.rows, b.n-col)
			for packing && packed*Panel < col+t.columns {
				g.packPanels(b, packed, min(packed+copiedParts, b.packed.Panels()))
				packed += copiedParts
			}
			t.b = g.from(b, col)
			t.c.data = g.c.Data[i0*g.c.Stride+b.n0+col:]
			if !zero {
				t.init.data = t.c.data
			}
			t.ahead = g.ahead(next[:0], b, i0, hi, col, &t, packing)
			tileExactly(g.isa, &t)
		}
	}
}

// ahead appends what is needed after the tiles at (i0, col): the next panels of B,
// or what is packed into them next, and the next rows of A.
func (g *gemm) ahead(list []ahead, b bBlock, i0, hi, col int, t *tileArgs, packing bool) []ahead {
	if !g.isa.fetches(t.columns) {
		return nil
	}
	height := evenly(t.rows, g.isa.tileRows(t.columns))
	next := col + t.columns
	switch {
	case b.inPlace:
	case packing:
		if !g.transB && col+copiedColumns < b.n {
			list = append(list, aheadShare(panels{g.b.Data[b.k0*g.b.Stride+b.n0+col+copiedColumns:], Panel, g.b.Stride}, b.k, height, t.rows))
		}
	case next < b.n:
		list = append(list, aheadShare(b.packed.from(0, next), b.k, height, t.rows))
	}
	if i := i0 + t.rows; i < hi && !g.transA && col < b.k {
		list = append(list, aheadOf(panels{g.a.Data[i*g.a.Stride+b.k0+col:], Panel, g.a.Stride}, height))
	}
	return list
}

// operand is the part of A that meets the block: rows from i0 on. It is read
// where it is, unless alpha must be multiplied in, or the stride would crowd the
// rows of a tile into a few sets of the caches.
func (g *gemm) operand(b bBlock, i0, rows int, buffers *packBuffers) operandA {
	const crowded = 1024 // floats: a page
	stride := g.a.Stride
	first, lines, length := i0*stride+b.k0, rows, b.k
	if g.transA {
		first, lines, length = b.k0*stride+i0, b.k, rows
	}
	src := g.a.Data[first:]
	if g.alpha != 1 || stride%crowded == 0 {
		own := roundUp(length, Panel) + Panel
		dst := grow(&buffers.a, lines*own)
		copyBlock(g.isa, lines, length, block{src, stride}, block{dst, own})
		if g.alpha != 1 {
			scaleRows(Matrix{Rows: lines, Cols: length, Data: dst, Stride: own}, g.alpha)
		}
		src, stride = dst, own
	}
	if g.transA {
		return operandA{src, 1, stride}
	}
	return operandA{src, stride, 1}
}

// tileExactly computes tiles in their place or, where the kernel would touch more
// than their columns, beside it.
func tileExactly(isa ISA, t *tileArgs) {
	if t.columns%Panel == 0 || isa.tilesAnyWidth() {
		tile(isa, t)
		return
	}
	buffer := tileBuffers.Get().(*tileBuffer)
	part := *t
	part.columns, part.init, part.c = Panel, buffer.apart(), buffer.apart()
	for i := range t.rows { // blockM at most, for which there is room
		copy(buffer[i*Panel:][:t.columns], t.init.data[i*t.init.row:])
	}
	tile(isa, &part)
	for i := range t.rows {
		copy(t.c.data[i*t.c.row:][:t.columns], buffer[i*Panel:])
	}
	tileBuffers.Put(buffer)
}

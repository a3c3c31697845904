package kernels

import (
	"fmt"
	"sync"
)

// Blocking of Gemm. A block of B, blockK x blockN, is packed once for all
// threads and stays in the last-level cache (2 MB); a block of A, blockM x
// blockK, stays in a thread's second-level cache (224 KB) while the panels of B
// pass it.
const (
	blockK = 512
	blockM = 8 * 14
	blockN = 1024
)

// Gemm computes c = alpha*op(a)*op(b) + beta*c, where op transposes its matrix
// if transA or transB says so, as SGEMM of the BLAS. c must not overlap a or b;
// with beta = 0 its old content does not matter, NaN included.
//
// Each element is one chain of fused multiply-adds over the inner dimension,
// ascending, that begins with beta*c; alpha is multiplied into a first.
func (e *Engine) Gemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) {
	m, k := a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	kb, n := b.Rows, b.Cols
	if transB {
		kb, n = n, kb
	}
	a.checkData("the left factor of Gemm")
	b.checkData("the right factor of Gemm")
	if k != kb {
		panic(fmt.Sprintf("kernels: Gemm of %d x %d by %d x %d", m, k, kb, n))
	}
	c.check("the result of Gemm", m, n)
	if m == 0 || n == 0 {
		return
	}
	if alpha == 0 {
		k = 0
	}
	if beta != 1 && (beta != 0 || k == 0) {
		scaleRows(c, beta)
		beta = 1
	}
	if k == 0 {
		return
	}
	if !transB && alpha == 1 && max(m, n, k) <= smallProduct && (n%Panel == 0 || e.isa.tilesAnyWidth()) {
		smallGemm(e.isa, transA, &a, &b, &c, m, k, beta == 0)
		return
	}
	g := gemm{isa: e.isa, transA: transA, transB: transB, alpha: alpha, a: a, b: b, c: c, zero: beta == 0}
	if e.pool == nil || m*n*k < parallelProduct {
		g.run(m, n, k)
		return
	}
	g.runParallel(m, n, k, e)
}

// parallelProduct is the number of multiply-adds from which waking the other
// threads costs less than it saves.
const parallelProduct = 1 << 20

// scaleRows computes c *= beta; 0 clears even NaN.
func scaleRows(c Matrix, beta float32) {
	for i := range c.Rows {
		row := c.Row(i)
		if beta == 0 {
			clear(row)
			continue
		}
		for j := range row {
			row[j] *= beta
		}
	}
}

// gemm is a product.
type gemm struct {
	isa            ISA
	transA, transB bool
	alpha          float32
	a, b, c        Matrix
	zero           bool // the chains begin with 0 and not with c
}

// bBlock is a part of B: k rows from k0 on, n columns from n0 on.
type bBlock struct {
	k0, k, n0, n int
	inPlace      bool   // all panels but a narrow last one are read where they are
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

// smallProduct is the size up to which preparations cost more than they save.
const smallProduct = 64

// smallGemm computes a product whose factors are read where they are.
func smallGemm(isa ISA, transA bool, a, b, c *Matrix, m, k int, zero bool) {
	var t tileArgs
	t.k = k
	t.a.row, t.a.k = a.Stride, 1
	if transA {
		t.a.row, t.a.k = 1, a.Stride
	}
	t.b.next, t.b.row = Panel, b.Stride
	t.c.next, t.c.row = Panel, c.Stride
	t.init.data = zeroPanel[:]
	if !zero {
		t.init.next, t.init.row = Panel, c.Stride
	}
	for col := 0; col < c.Cols; {
		mr, columns := isa.tileShape(c.Cols - col)
		height := tileHeight(m, mr)
		t.columns = columns
		t.b.data = b.Data[col:]
		for i := 0; i < m; i += height {
			t.rows = min(height, m-i)
			t.a.data = a.Data[i*t.a.row:]
			t.c.data = c.Data[i*c.Stride+col:]
			if !zero {
				t.init.data = t.c.data
			}
			tile(isa, &t)
		}
		col += columns
	}
}

// run goes through the blocks of B, with all of A for each.
func (g *gemm) run(m, n, k int) {
	buffers := packPool.Get().(*packBuffers)
	for n0 := 0; n0 < n; n0 += blockN {
		for k0 := 0; k0 < k; k0 += blockK {
			b := g.block(m, k0, min(blockK, k-k0), n0, min(blockN, n-n0), buffers)
			g.packPanels(b, 0, b.packed.Panels())
			g.rows(b, 0, m, buffers)
		}
	}
	packPool.Put(buffers)
}

// runParallel is run on the threads of e: they pack a block together, then
// divide the rows of C.
func (g gemm) runParallel(m, n, k int, e *Engine) {
	buffers := packPool.Get().(*packBuffers)
	for n0 := 0; n0 < n; n0 += blockN {
		for k0 := 0; k0 < k; k0 += blockK {
			b := g.block(m, k0, min(blockK, k-k0), n0, min(blockN, n-n0), buffers)
			e.Split(b.packed.Panels(), func(lo, hi int) { g.packPanels(b, lo, hi) })
			e.Split(m, func(lo, hi int) {
				own := packPool.Get().(*packBuffers)
				g.rows(b, lo, hi, own)
				packPool.Put(own)
			})
		}
	}
	packPool.Put(buffers)
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

// packPanels fills the packed panels lo to hi-1 of the block.
func (g *gemm) packPanels(b bBlock, lo, hi int) {
	first := 0 // the first packed panel's number in the block
	if b.inPlace {
		first = b.n / Panel
	}
	for p := lo; p < hi; p++ {
		dst := b.packed.Data[p*b.k*Panel:][:b.k*Panel]
		j := b.n0 + (first+p)*Panel
		width := min(Panel, b.packed.Cols-p*Panel)
		switch {
		case g.transB:
			packColumns(dst, g.b.Data[j*g.b.Stride+b.k0:], g.b.Stride, b.k, width)
		case width == Panel:
			src := g.b.Data[b.k0*g.b.Stride+j:]
			for i := range b.k {
				*(*[Panel]float32)(dst[i*Panel:]) = *(*[Panel]float32)(src[i*g.b.Stride:])
			}
		default:
			clear(dst)
			for i := range b.k {
				copy(dst[i*Panel:], g.b.Data[(b.k0+i)*g.b.Stride+j:][:width])
			}
		}
	}
}

// packColumns fills a panel from a transposed matrix: column j of the panel is
// row j of src.
func packColumns(dst, src []float32, stride, k, width int) {
	if width < Panel {
		clear(dst)
	}
	for j := range width {
		for i, v := range src[j*stride:][:k] {
			dst[i*Panel+j] = v
		}
	}
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
	var t tileArgs
	t.k = b.k
	t.c.next, t.c.row = Panel, g.c.Stride
	t.init = zeroPanels()
	if !zero {
		t.init.next, t.init.row = t.c.next, t.c.row
	}
	for i0 := lo; i0 < hi; i0 += blockM {
		rows := min(blockM, hi-i0)
		a := g.operand(b, i0, rows, buffers)
		t.a = a
		for col := 0; col < b.n; {
			mr, columns := g.isa.tileShape(b.n - col)
			height := tileHeight(rows, mr)
			t.columns, t.b = columns, g.from(b, col)
			for i := 0; i < rows; i += height {
				t.rows = min(height, rows-i)
				t.a.data = a.data[i*a.row:]
				t.c.data = g.c.Data[(i0+i)*g.c.Stride+b.n0+col:]
				if !zero {
					t.init.data = t.c.data
				}
				tileExactly(g.isa, &t)
			}
			col += columns
		}
	}
}

// operand is the part of A that meets the block: rows from i0 on. It is read
// where it is, unless alpha must be multiplied in, or the stride would crowd the
// rows of a tile into a few sets of the caches.
func (g *gemm) operand(b bBlock, i0, rows int, buffers *packBuffers) operandA {
	const crowded = 512 // floats: half a page
	stride := g.a.Stride
	first, lines, length := i0*stride+b.k0, rows, b.k
	if g.transA {
		first, lines, length = b.k0*stride+i0, b.k, rows
	}
	src := g.a.Data[first:]
	if g.alpha != 1 || stride%crowded == 0 {
		own := roundUp(length, Panel) + Panel
		dst := grow(&buffers.a, lines*own)
		for i := range lines {
			line := dst[i*own:][:length]
			copy(line, src[i*stride:])
			if g.alpha != 1 {
				for j := range line {
					line[j] *= g.alpha
				}
			}
		}
		src, stride = dst, own
	}
	if g.transA {
		return operandA{src, 1, stride}
	}
	return operandA{src, stride, 1}
}

// tileExactly computes a tile in its place or, where the kernel would touch more
// than its columns, beside it.
func tileExactly(isa ISA, t *tileArgs) {
	if t.columns%Panel == 0 || isa.tilesAnyWidth() {
		tile(isa, t)
		return
	}
	var buffer tileBuffer
	width, c, init := t.columns, t.c, t.init
	t.columns, t.c, t.init = Panel, buffer.apart(), buffer.apart()
	for i := range t.rows {
		copy(buffer[i*Panel:][:width], init.data[i*init.row:])
	}
	tile(isa, t)
	for i := range t.rows {
		copy(c.data[i*c.row:][:width], buffer[i*Panel:])
	}
	t.columns, t.c, t.init = width, c, init
}

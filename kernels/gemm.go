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
	blockM = 8 * maxTileRows
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
	g := gemm{isa: e.isa, transA: transA, transB: transB, alpha: alpha, a: a, b: b, c: c, zero: beta == 0}
	if e.pool == nil || m*n*k < parallelProduct {
		g.run(m, n, k, e.Serial())
		return
	}
	g.run(m, n, k, e)
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

// gemm is a product under way.
type gemm struct {
	isa            ISA
	transA, transB bool
	alpha          float32
	a, b, c        Matrix
	zero           bool // the chains begin with 0 and not with c

	// The block of B: k rows from k0 on, n columns from n0 on.
	k0, k, n0, n int
	packed       Packed // the block, or its last panel alone if the others
	inPlace      bool   // are read where they are
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
func (g *gemm) run(m, n, k int, e *Engine) {
	buffers := packPool.Get().(*packBuffers)
	for g.n0 = 0; g.n0 < n; g.n0 += blockN {
		g.n = min(blockN, n-g.n0)
		for g.k0 = 0; g.k0 < k; g.k0 += blockK {
			g.k = min(blockK, k-g.k0)
			g.packB(m, e, buffers)
			if e.pool == nil {
				g.rows(0, m, buffers)
				continue
			}
			e.Split(m, func(lo, hi int) {
				own := packPool.Get().(*packBuffers)
				g.rows(lo, hi, own)
				packPool.Put(own)
			})
		}
	}
	packPool.Put(buffers)
}

// packB packs the block of B, unless it is so small, or used for so few rows,
// that reading it where it is costs less.
func (g *gemm) packB(m int, e *Engine, buffers *packBuffers) {
	const smallB = 1 << 16 // 256 KB of floats
	g.inPlace = !g.transB && (g.k*g.n <= smallB || m <= 2*maxTileRows)
	g.packed = Packed{Rows: g.k, Cols: g.n}
	first := 0
	if g.inPlace {
		first = g.n / Panel
		g.packed.Cols = g.n % Panel
	}
	count := g.packed.Panels()
	g.packed.Data = grow(&buffers.b, count*g.k*Panel)
	if e.pool == nil {
		g.packPanels(first, 0, count)
		return
	}
	e.Split(count, func(lo, hi int) { g.packPanels(first, lo, hi) })
}

// packPanels fills the panels lo to hi-1 of packed; they are panels first+lo
// and following of the block.
func (g *gemm) packPanels(first, lo, hi int) {
	for p := lo; p < hi; p++ {
		dst := g.packed.panel(p, 0)[:g.k*Panel]
		j := g.n0 + (first+p)*Panel
		width := g.packed.width(p)
		switch {
		case g.transB:
			packColumns(dst, g.b.Data[j*g.b.Stride+g.k0:], g.b.Stride, g.k, width)
		case width == Panel:
			src := g.b.Data[g.k0*g.b.Stride+j:]
			for i := range g.k {
				*(*[Panel]float32)(dst[i*Panel:]) = *(*[Panel]float32)(src[i*g.b.Stride:])
			}
		default:
			clear(dst)
			for i := range g.k {
				copy(dst[i*Panel:], g.b.Data[(g.k0+i)*g.b.Stride+j:][:width])
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

// panelsAt is the block's panels from p on: as many as are equally apart, up
// to most.
func (g *gemm) panelsAt(p, most int) (panels, int) {
	total := (g.n + Panel - 1) / Panel
	if !g.inPlace {
		return g.packed.from(p, 0), min(most, total-p)
	}
	if full := g.n / Panel; p < full {
		return panels{g.b.Data[g.k0*g.b.Stride+g.n0+p*Panel:], Panel, g.b.Stride}, min(most, full-p)
	}
	return g.packed.from(0, 0), 1
}

// rows computes the rows lo to hi-1 of C with the block of B.
func (g *gemm) rows(lo, hi int, buffers *packBuffers) {
	mr, maxPanels := g.isa.tileShape()
	total := (g.n + Panel - 1) / Panel
	for i0 := lo; i0 < hi; i0 += blockM {
		rows := min(blockM, hi-i0)
		a := g.operand(i0, rows, buffers)
		tiles := (rows + mr - 1) / mr
		for p := 0; p < total; {
			b, count := g.panelsAt(p, maxPanels)
			for t := range tiles {
				first, last := rows*t/tiles, rows*(t+1)/tiles
				part := operandA{a.data[first*a.row:], a.row, a.k}
				g.tile(i0+first, last-first, p, count, part, b)
			}
			p += count
		}
	}
}

// operand is the block of A: rows from i0 on, the k columns of the block. It is
// read where it is, unless alpha must be multiplied in, or the stride would
// crowd the rows of a tile into a few sets of the caches.
func (g *gemm) operand(i0, rows int, buffers *packBuffers) operandA {
	const crowded = 512 // floats: half a page
	stride := g.a.Stride
	src, lines, length := g.a.Data[i0*stride+g.k0:], rows, g.k
	if g.transA {
		src, lines, length = g.a.Data[g.k0*stride+i0:], g.k, rows
	}
	if g.alpha != 1 || stride%crowded == 0 && g.n > 4*Panel {
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

var zeroPanel [Panel]float32

// tile computes rows of the panels p to p+count-1 of the block, from row i on:
// in C itself or, where the last panel is narrow, beside it.
func (g *gemm) tile(i, rows, p, count int, a operandA, b panels) {
	j, width := g.n0+p*Panel, min(g.n-p*Panel, count*Panel)
	c := g.c.Data[i*g.c.Stride+j:]
	fresh := g.zero && g.k0 == 0
	zero := panels{zeroPanel[:], 0, 0}
	if width == count*Panel {
		to := panels{c, Panel, g.c.Stride}
		from := to
		if fresh {
			from = zero
		}
		tile(g.isa, rows, count, g.k, a, b, from, to)
		return
	}
	var buffer tileBuffer
	from := buffer.all()
	if fresh {
		from = zero
	} else {
		buffer.exchange(c, g.c.Stride, rows, width, func(own, c []float32) { copy(own, c) })
	}
	tile(g.isa, rows, count, g.k, a, b, from, buffer.all())
	buffer.exchange(c, g.c.Stride, rows, width, func(own, c []float32) { copy(c, own) })
}

// exchange visits the rows of the panels of the buffer together with their
// places in c, width columns in all.
func (t *tileBuffer) exchange(c []float32, stride, rows, width int, visit func(own, c []float32)) {
	for j := 0; j < width; j += Panel {
		for i := range rows {
			visit(t.row(j/Panel, i)[:Panel], c[i*stride+j:][:min(Panel, width-j)])
		}
	}
}

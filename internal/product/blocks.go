package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/pack"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// block is a block of b: k rows from k0 on of n columns from n0 on.
type block[T view.Float] struct {
	k0, k, n0, n int
	asNeeded     bool           // panels are packed when the first rows need them
	packed       view.Packed[T] // the last columns, or all
}

// computeBlocks goes through the blocks of b on the caller's goroutine.
func (g *gemm[T]) computeBlocks() {
	s := getScratch[T]()
	m := g.c.Rows
	g.eachBlock(s, func(b *block[T]) {
		b.asNeeded = g.plan.B == plan.Packed
		if !b.asNeeded {
			g.packPanels(b, 0, b.packed.Panels(), s.tileBuffer())
		}
		g.pass(b, 0, m, m, s)
	})
	putScratch(s)
}

// divideColumns has the threads compute some columns each, so that each reads a part of b
// only. A part has a plan of its own.
func (g gemm[T]) divideColumns(pool *threads.Pool) {
	unit, n := plan.ColumnsUnit(view.Panel[T]()), g.c.Cols
	pool.Split((n+unit-1)/unit, func(lo, hi int) {
		lo, hi = lo*unit, min(hi*unit, n)
		part := g
		part.c = g.c.Columns(lo, hi)
		if g.transB {
			part.b = g.b.Slice(lo, hi)
		} else {
			part.b = g.b.Columns(lo, hi)
		}
		part.compute(nil)
	})
}

// divideRows has the threads pack a block of b together, then divide the rows of c.
func (g gemm[T]) divideRows(pool *threads.Pool) {
	s := getScratch[T]()
	m, unit := g.c.Rows, max(1, g.plan.TileRows)
	g.eachBlock(s, func(b *block[T]) {
		pool.Split(b.packed.Panels(), func(lo, hi int) {
			own := getScratch[T]()
			g.packPanels(b, lo, hi, own.tileBuffer())
			putScratch(own)
		})
		pool.Pieces((m+unit-1)/unit, g.plan.PassRows/unit, func(lo, hi, end int) {
			own := getScratch[T]()
			g.pass(b, lo*unit, min(hi*unit, m), min(end*unit, m), own)
			putScratch(own)
		})
	})
	putScratch(s)
}

// eachBlock divides b into the plan's blocks.
func (g *gemm[T]) eachBlock(s *scratch[T], do func(b *block[T])) {
	_, n, k := g.sizes()
	high, wide := g.plan.BlockK, g.plan.BlockN
	for k0 := 0; k0 < k; k0 += high {
		for n0 := 0; n0 < n; n0 += wide {
			b := &s.block
			*b = block[T]{k0: k0, k: min(high, k-k0), n0: n0, n: min(wide, n-n0)}
			cols := b.n
			if g.plan.B == plan.Unpacked {
				cols = b.n % view.Panel[T]()
				if g.isa.TilesAnyWidth() {
					cols = 0
				}
			}
			b.packed = view.Packed[T]{Rows: b.k, Cols: cols, Data: view.Grow(&s.right, b.k*view.RoundUp(cols, view.Panel[T]()))}
			do(b)
		}
	}
}

// packPanels fills the packed panels lo to hi-1 of the block. It may write to buffer.
func (g *gemm[T]) packPanels(b *block[T], lo, hi int, buffer []T) {
	panel := view.Panel[T]()
	first := (b.n - b.packed.Cols) / panel // the first packed panel's number in the block
	for p := lo; p < hi; p++ {
		dst := b.packed.Data[p*b.k*panel:]
		j := b.n0 + (first+p)*panel
		width := b.packed.Cols - p*panel
		switch {
		case g.transB:
			pack.Panel(g.isa, min(panel, width), b.k, g.b.Block(j, b.k0), dst, buffer)
		case p+isa.PackPanels <= hi && width >= isa.PackPanels*panel:
			pack.Lines(g.isa, b.k, g.b.Data[b.k0*g.b.Stride+j:], g.b.Stride, dst, b.k*panel, panel)
			p += isa.PackPanels - 1
		default:
			if width < panel {
				clear(dst[:b.k*panel])
			}
			pack.Block(g.isa, b.k, min(panel, width), g.b.Block(b.k0, j), view.Block[T]{Data: dst, Stride: panel})
		}
	}
}

// panels is the panels of a block from its column col on, as the fields of a tile.Panels.
func (g *gemm[T]) panels(b *block[T], col int) (data []T, next, row int) {
	panel := view.Panel[T]()
	first := b.n - b.packed.Cols
	switch {
	case b.packed.Cols > 0 && col >= first:
		return b.packed.Data[b.packed.Index(0, col-first):], b.k * panel, panel
	default:
		return g.source(b, col), panel, g.b.Stride
	}
}

// source is b itself from a column of the block on.
func (g *gemm[T]) source(b *block[T], col int) []T {
	return g.b.Data[b.k0*g.b.Stride+b.n0+col:]
}

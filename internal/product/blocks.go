package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// computeBlocks goes through the blocks of b on the caller's goroutine.
func (g *gemm[T]) computeBlocks() {
	s := getScratch[T]()
	m := g.c.Rows
	g.eachBlock(s, func(b *block[T]) {
		if g.plan.B == plan.Unpacked {
			g.fill(b, b.n, s.tileBuffer())
		}
		g.pass(b, 0, m, m, s)
	})
	putScratch(s)
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
		b.filled = b.packed.Panels()
		if g.part != whole {
			g.divideTriangle(pool, b)
			return
		}
		pool.Pieces((m+unit-1)/unit, g.plan.PassRows/unit, func(lo, hi, end int) {
			own := getScratch[T]()
			g.pass(b, lo*unit, min(hi*unit, m), min(end*unit, m), own)
			putScratch(own)
		})
	})
	putScratch(s)
}

// eachBlock calls do for each of the plan's blocks of b. The panels of a block have room and
// are not filled yet.
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

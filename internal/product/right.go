package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// Right is the right factor of products, K x N, in the panels that they read: block by block,
// as a product would pack it. [PackRight] makes one.
type Right[T view.Float] struct {
	ISA        isa.ISA
	Rows, Cols int
	data       []T
}

// PackRight packs b, or its transpose.
func PackRight[T view.Float](pool *threads.Pool, i isa.ISA, transB bool, b view.Matrix[T]) Right[T] {
	r := Right[T]{ISA: i, Rows: b.Rows, Cols: b.Cols}
	if transB {
		r.Rows, r.Cols = b.Cols, b.Rows
	}
	r.data = view.Aligned[T](r.size())
	g, s := gemm[T]{isa: i, transB: transB, b: b}, getScratch[T]()
	r.eachBlock(s, 0, r.Cols, func(b *block[T]) {
		pool.Split(b.packed.Panels(), func(lo, hi int) {
			own := getScratch[T]()
			g.packPanels(b, lo, hi, own.tileBuffer())
			putScratch(own)
		})
	})
	putScratch(s)
	return r
}

// size is the elements of all panels.
func (r Right[T]) size() int { return r.Rows * view.RoundUp(r.Cols, view.Panel[T]()) }

// Holds tells whether r is as [PackRight] makes it.
func (r Right[T]) Holds() bool { return len(r.data) == r.size() }

// eachBlock calls do for the part of each block that is of the columns c0 to c1-1. c0 begins a
// panel. Blocks of the same columns come from the top down, as a chain needs them.
func (r Right[T]) eachBlock(s *scratch[T], c0, c1 int, do func(b *block[T])) {
	if r.Rows == 0 || r.Cols == 0 {
		return
	}
	high, wide := plan.RightBlock(r.ISA, view.Size[T](), r.Rows, r.Cols)
	padded := view.RoundUp(r.Cols, view.Panel[T]())
	for k0 := 0; k0 < r.Rows; k0 += high {
		k := min(high, r.Rows-k0)
		for n0 := c0 / wide * wide; n0 < c1; n0 += wide {
			first, last := max(n0, c0), min(n0+wide, c1)
			b := &s.block
			*b = block[T]{k0: k0, k: k, n0: first, n: last - first}
			b.packed = view.Packed[T]{Rows: k, Cols: b.n, Data: r.data[k0*padded+first*k:]}
			b.filled = b.packed.Panels()
			do(b)
		}
	}
}

// GemmRight is [Gemm] by a b that is packed.
func GemmRight[T view.Float](pool *threads.Pool, i isa.ISA, transA bool, alpha T, a view.Matrix[T], b Right[T], beta T, c view.Matrix[T]) {
	if beta != 0 && beta != 1 {
		view.Scale(c, beta)
		beta = 1
	}
	g := gemm[T]{isa: i, transA: transA, alpha: alpha, a: a, c: c, zero: beta == 0}
	g.plan = plan.OfRight(g.problem(pool.Threads()))
	switch g.plan.Share {
	case plan.Alone:
		g.byRight(b, 0, c.Cols)
	case plan.ByColumns:
		g.divideRightColumns(pool, b)
	default:
		g.divideRightRows(pool, b)
	}
}

// byRight computes the columns c0 to c1-1, on the caller's goroutine.
func (g *gemm[T]) byRight(r Right[T], c0, c1 int) {
	s, m := getScratch[T](), g.c.Rows
	r.eachBlock(s, c0, c1, func(b *block[T]) { g.pass(b, 0, m, m, s) })
	putScratch(s)
}

// divideRightColumns has the threads compute some columns each.
func (g gemm[T]) divideRightColumns(pool *threads.Pool, r Right[T]) {
	unit, n := plan.ColumnsUnit(view.Panel[T]()), r.Cols
	pool.Split((n+unit-1)/unit, func(lo, hi int) { g.byRight(r, lo*unit, min(hi*unit, n)) })
}

// divideRightRows has the threads divide the rows of c, for one block after the other.
func (g gemm[T]) divideRightRows(pool *threads.Pool, r Right[T]) {
	s, m, unit := getScratch[T](), g.c.Rows, max(1, g.plan.TileRows)
	r.eachBlock(s, 0, r.Cols, func(b *block[T]) {
		pool.Pieces((m+unit-1)/unit, g.plan.PassRows/unit, func(lo, hi, end int) {
			own := getScratch[T]()
			g.pass(b, lo*unit, min(hi*unit, m), min(end*unit, m), own)
			putScratch(own)
		})
	})
	putScratch(s)
}

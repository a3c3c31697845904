// Package product computes matrix products, affine maps and gradients as their plans
// say: it knows how, and neither when nor with which instructions.
//
// Each element of a product is one chain of fused multiply-adds over the inner dimension,
// ascending. Arguments have been checked, and no side is empty.
package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/pack"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// Gemm computes c = alpha*op(a)*op(b) + beta*c, where op transposes its matrix if transA
// or transB says so; with beta = 0, c's old content does not matter. A chain begins with
// beta*c, and alpha is multiplied into a first.
func Gemm[T view.Float](pool *threads.Pool, i isa.ISA, transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	if beta != 0 && beta != 1 {
		view.Scale(c, beta)
		beta = 1
	}
	g := gemm[T]{isa: i, transA: transA, transB: transB, alpha: alpha, a: a, b: b, c: c, zero: beta == 0}
	g.compute(pool)
}

// compute makes the plan and follows it.
func (g *gemm[T]) compute(pool *threads.Pool) {
	p := g.problem(pool.Threads())
	g.plan = plan.OfGemm(&p)
	switch {
	case g.plan.Way == plan.Transposed:
		g.computeTransposed(pool)
	case g.plan.Share == plan.ByColumns:
		g.divideColumns(pool)
	case g.plan.Way == plan.Vectors:
		g.computeVectors()
	case g.plan.Share == plan.ByRows:
		g.divideRows(pool)
	default:
		g.computeBlocks()
	}
}

// computeTransposed computes the transpose of the product: that of b by that of a. It has few
// rows, and a plan of its own. alpha is 1 or -1, which either factor may take.
func (g *gemm[T]) computeTransposed(pool *threads.Pool) {
	m, n := g.c.Rows, g.c.Cols
	turned := gemm[T]{isa: g.isa, transA: !g.transB, transB: !g.transA, alpha: g.alpha, a: g.b, b: g.a, zero: g.zero}
	if n == 1 && g.c.Stride == 1 {
		turned.c = view.Matrix[T]{Rows: 1, Cols: m, Stride: m, Data: g.c.Data}
		turned.compute(pool)
		return
	}
	s := getScratch[T]()
	turned.c = view.Matrix[T]{Rows: n, Cols: m, Stride: m, Data: view.Grow(&s.left, m*n)}
	if !g.zero {
		pack.Turn(m, n, g.c.Data, g.c.Stride, turned.c.Data, m)
	}
	turned.compute(pool)
	pack.Turn(n, m, turned.c.Data, m, g.c.Data, g.c.Stride)
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

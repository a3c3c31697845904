package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// gemm is a product on its way: c = alpha*op(a)*op(b) if zero says so, else
// c += alpha*op(a)*op(b), or one triangle of it.
type gemm[T view.Float] struct {
	isa            isa.ISA
	plan           plan.Plan
	transA, transB bool
	alpha          T
	a, b, c        view.Matrix[T]
	zero           bool // the chains begin with 0 and not with c
	part           part // of c that is computed
}

// problem is what the plan of the product is made for.
func (g *gemm[T]) problem(threads int) plan.Problem {
	m, n, k := g.sizes()
	negated := g.alpha == -1
	return plan.Problem{
		ISA: g.isa, Size: view.Size[T](), Threads: threads, TransA: g.transA, TransB: g.transB, M: m, N: n, K: k,
		StrideA: g.a.Stride, StrideB: g.b.Stride, StrideC: g.c.Stride, Scaled: g.alpha != 1 && !negated, Negated: negated, Triangle: g.part != whole,
	}
}

// sizes are the rows and columns of c, and the multiply-adds of each of its elements.
func (g *gemm[T]) sizes() (m, n, k int) {
	k = g.a.Cols
	if g.transA {
		k = g.a.Rows
	}
	return g.c.Rows, g.c.Cols, k
}

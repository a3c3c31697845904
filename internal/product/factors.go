package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/pack"
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

// part is which elements of c are computed.
type part uint8

const (
	whole part = iota
	lower      // those up to the diagonal
	upper      // those from the diagonal on
)

// problem is what the plan of the product is made for.
func (g *gemm[T]) problem(threads int) plan.Problem {
	m, n, k := g.sizes()
	negated := g.alpha == -1
	return plan.Problem{
		ISA: g.isa, Size: view.Size[T](), Threads: threads, TransA: g.transA, TransB: g.transB, M: m, N: n, K: k,
		StrideA: g.a.Stride, StrideB: g.b.Stride, StrideC: g.c.Stride, Scaled: g.alpha != 1 && !negated, Negated: negated, Triangle: g.part != whole,
		CrossesPages: isa.CrossesPages(),
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

// block is a block of b: k rows from k0 on of n columns from n0 on.
type block[T view.Float] struct {
	k0, k, n0, n int
	packed       view.Packed[T] // the last columns, all of them, or none
	filled       int            // its panels that are filled; others are when rows need them
}

// fill fills the panels that the columns before end need. It may write to buffer.
func (g *gemm[T]) fill(b *block[T], end int, buffer []T) {
	for b.filled < b.packed.Panels() && b.filled*view.Panel[T]() < end {
		from := b.filled
		b.filled = min(from+isa.PackPanels, b.packed.Panels())
		g.packPanels(b, from, b.filled, buffer)
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
	if g.plan.NegateB {
		level1.Scale(g.isa, -1, b.packed.Data[lo*b.k*panel:hi*b.k*panel])
	}
}

// panels is the panels of a block from its column col on, packed or not, as the fields of a
// tile.Panels.
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

// partOfA is op(a) from row i on, and from the first column on that meets the block.
func (g *gemm[T]) partOfA(b *block[T], i int) view.Block[T] {
	if g.transA {
		return g.a.Block(b.k0, i)
	}
	return g.a.Block(i, b.k0)
}

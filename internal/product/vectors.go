package product

import (
	"github.com/targetprop/targetprop/internal/simd/gemv"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// computeVectors computes the product of few rows of a and a b that is stored transposed. It
// reads b row by row, as it lies, and packs nothing of it.
func (g *gemm[T]) computeVectors() {
	m, n, k := g.sizes()
	if g.zero {
		view.Scale(g.c, 0)
	}
	s := getScratch[T]()
	x, step := g.vectors(s)
	each := g.isa.GemvRows(view.Panel[T]())
	whole := n - n%each
	some := max(each, isa.CallElements/k/each*each)
	for j := 0; j < whole; j += some {
		g.addRows(min(some, whole-j), j, x, step, g.c.Data[j:], g.c.Stride)
	}
	if whole < n {
		// The last rows are computed together with those before them, beside c.
		last := view.Grow(&s.right, m*each)
		for v := range m {
			copy(last[v*each:][:each], g.c.Row(v)[n-each:])
		}
		g.addRows(each, n-each, x, step, last, each)
		for v := range m {
			copy(g.c.Row(v)[whole:], last[v*each+each-(n-whole):][:n-whole])
		}
	}
	putScratch(s)
}

// addRows adds the products of some stored rows of b, from j on, to y. Calls of assembly end
// in time.
func (g *gemm[T]) addRows(rows, j int, x []T, step int, y []T, next int) {
	m, _, k := g.sizes()
	most := isa.CallElements / g.isa.GemvRows(view.Panel[T]())
	for k0 := 0; k0 < k; {
		high := min(most, k-k0)
		if left := k - k0 - high; left > 0 && left < isa.GemvColumns {
			high -= isa.GemvColumns
		}
		gemv.Add(g.isa, m, rows, high, g.b.Data[j*g.b.Stride+k0:], g.b.Stride, x[k0*step:], step, y, next)
		k0 += high
	}
}

// vectors is alpha*op(a), its columns one after the other, step elements apart. Each row of b
// reads all of it, so it should lie together: it is a itself if that does, else a copy.
func (g *gemm[T]) vectors(s *scratch[T]) (x []T, step int) {
	m, _, k := g.sizes()
	next, step := g.a.Stride, 1 // from one row of a to the next, from one column
	if g.transA {
		next, step = step, next
	}
	if g.alpha == 1 && (next == 1 && step <= isa.GemvVectors || m == 1 && step == 1) {
		return g.a.Data, step
	}
	x = view.Grow(&s.left, m*k)
	for v := range m {
		for p := range k {
			x[p*m+v] = g.alpha * g.a.Data[v*next+p*step]
		}
	}
	return x, m
}

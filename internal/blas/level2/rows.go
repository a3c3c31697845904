package level2

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/sum"
	"github.com/targetprop/targetprop/internal/view"
)

// rowsPart is the elements of y from lo to hi of a matrix as it is.
func (t *task[T]) rowsPart(lo, hi int) {
	sum.Rows(t.isa, hi-lo, t.n, t.alpha, t.a[lo*t.stride:], t.stride, t.x, t.y[lo:], 1)
}

// columnsPart is those of a transposed matrix.
func (t *task[T]) columnsPart(lo, hi int) {
	addColumns(t.isa, hi-lo, t.x[:t.m], t.a[lo:], t.stride, t.y[lo:])
}

// addColumns adds the products of so many columns of a with x to y. Some at a time keep
// their part of y in the first-level cache.
func addColumns[T view.Float](i isa.ISA, n int, x, a []T, stride int, y []T) {
	const bytes = 16 << 10
	some := bytes / view.Size[T]()
	for j := 0; j < n; j += some {
		simd.Combine(i, min(n-j, some), x, a[j:], stride, y[j:])
	}
}

// rankOnePart is the rows from lo to hi of Ger.
func (t *task[T]) rankOnePart(lo, hi int) {
	simd.Update(t.isa, t.n, t.x[lo:hi], t.y, t.a[lo*t.stride:], t.stride)
}

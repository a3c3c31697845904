package level2

import (
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/sum"
	"github.com/targetprop/targetprop/internal/view"
)

// rowsPart is the elements of y from lo to hi of a matrix as it is.
func (t *task[T]) rowsPart(lo, hi int) {
	sum.Rows(t.isa, hi-lo, t.n, t.alpha, t.a[lo*t.stride:], t.stride, t.x, t.y[lo:], 1)
}

// columnsPart is those of a transposed matrix. So many columns at a time keep their part
// of y in the first-level cache.
func (t *task[T]) columnsPart(lo, hi int) {
	const bytes = 16 << 10
	some := bytes / view.Size[T]()
	for j := lo; j < hi; j += some {
		simd.Combine(t.isa, min(hi-j, some), t.x[:t.m], t.a[j:], t.stride, t.y[j:])
	}
}

// rankOnePart is the rows from lo to hi of Ger.
func (t *task[T]) rankOnePart(lo, hi int) {
	simd.Update(t.isa, t.n, t.x[lo:hi], t.y, t.a[lo*t.stride:], t.stride)
}

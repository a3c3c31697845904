package level2

import (
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/view"
)

// triangleOnePart is the rows from lo to hi of Syr.
func (t *task[T]) triangleOnePart(lo, hi int) {
	simd.Triangle(t.isa, t.upper, lo, t.n, t.x[lo:hi], t.y, t.a, t.stride)
}

// triangleTwoPart is the rows from lo to hi of Syr2, some at a time: they are in the
// first-level cache when the second multiple comes.
func (t *task[T]) triangleTwoPart(lo, hi int) {
	const bytes = 16 << 10
	some := max(1, bytes/(t.n*view.Size[T]()))
	for r := lo; r < hi; r += some {
		end := min(r+some, hi)
		simd.Triangle(t.isa, t.upper, r, t.n, t.x[r:end], t.y[:t.n], t.a, t.stride)
		simd.Triangle(t.isa, t.upper, r, t.n, t.x[t.n+r:t.n+end], t.y[t.n:], t.a, t.stride)
	}
}

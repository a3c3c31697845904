package level2

import simd "github.com/targetprop/targetprop/internal/simd/level1"

// columns are those of row r of the triangle.
func (t *task[T]) columns(r int) (first, last int) {
	if t.upper {
		return r, t.n
	}
	return 0, r + 1
}

// triangleOnePart is the rows from lo to hi of Syr.
func (t *task[T]) triangleOnePart(lo, hi int) {
	for r := lo; r < hi; r++ {
		first, last := t.columns(r)
		simd.Update(t.isa, last-first, t.x[r:r+1], t.y[first:], t.a[r*t.stride+first:], 0)
	}
}

// triangleTwoPart is the rows from lo to hi of Syr2.
func (t *task[T]) triangleTwoPart(lo, hi int) {
	for r := lo; r < hi; r++ {
		first, last := t.columns(r)
		simd.Combine(t.isa, last-first, t.x[2*r:2*r+2], t.y[first:], t.n, t.a[r*t.stride+first:])
	}
}

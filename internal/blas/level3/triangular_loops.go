package level3

import "github.com/targetprop/targetprop/internal/view"

// SmallTriangular is [Trmm] or, if solve says so, [Trsm] of an m x n matrix b, for those
// that are small; of others it returns false. Its arguments are not laid out in memory
// first, as the smallest would feel.
func SmallTriangular[T view.Float](left, solve, upper, trans, unit bool, m, n int, alpha T, a []T, lda int, b []T, ldb int) bool {
	order, crossing := n, m
	if left {
		order, crossing = m, n
	}
	if order > loopsOrder || crossing >= wideLines || alpha == 0 {
		return false
	}
	if alpha != 1 {
		for i := range m {
			scale(b[i*ldb:][:n], alpha)
		}
	}
	triangleLoops(left, solve, upper, trans, unit, order, crossing, a, lda, b, ldb)
	return true
}

// loops computes the lines lo to hi-1 in loops.
func (t *triangular[T]) loops(lo, hi int) {
	a, b := t.a.diagonal(lo, hi), t.b.Data
	if t.left {
		b = b[lo*t.b.Stride:]
	} else {
		b = b[lo:]
	}
	triangleLoops(t.left, t.solve, a.Upper, a.Trans, a.Unit, hi-lo, t.crossing(), a.Data, a.Stride, b, t.b.Stride)
}

// triangleLoops computes b = op(a)*b if left, else b = b*op(a), or solves it. The order is
// that of a, which crosses so many columns of b, or rows.
//
// The terms beside the diagonal are added up first.
func triangleLoops[T view.Float](left, solve, upper, trans, unit bool, order, crossing int, a []T, lda int, b []T, ldb int) {
	stepA, row := 1, lda // from term to term of a line, and from line to line
	line, next := ldb, 1 // of b
	if left == trans {
		stepA, row = row, stepA
	}
	if !left {
		line, next = next, line
	}
	earlier := left != (upper != trans) // whether lines depend on those before
	for i := range order {
		r := i
		if earlier != solve {
			r = order - 1 - i
		}
		from, terms := 0, r
		if !earlier {
			from, terms = r+1, order-1-r
		}
		pivot, divides := T(1), false
		if !unit {
			pivot = a[r*lda+r]
			if solve {
				inv, ok := inverse(pivot)
				if divides = !ok; ok {
					pivot = inv
				}
			}
		}
		at, y, x := r*row+from*stepA, from*line, r*line
		j := crossing
		for ; left && j >= 2*lanes; j -= 2 * lanes {
			s0, s1, s2, s3, s4, s5, s6, s7 := eight(terms, a, at, stepA, b, y, line)
			z := b[x : x+2*lanes : x+2*lanes]
			z[0], z[1] = end(solve, divides, pivot, z[0], s0), end(solve, divides, pivot, z[1], s1)
			z[2], z[3] = end(solve, divides, pivot, z[2], s2), end(solve, divides, pivot, z[3], s3)
			z[4], z[5] = end(solve, divides, pivot, z[4], s4), end(solve, divides, pivot, z[5], s5)
			z[6], z[7] = end(solve, divides, pivot, z[6], s6), end(solve, divides, pivot, z[7], s7)
			y, x = y+2*lanes, x+2*lanes
		}
		for ; j >= lanes; j -= lanes {
			s0, s1, s2, s3 := four(terms, a, at, stepA, b, y, line, next)
			b[x], b[x+next] = end(solve, divides, pivot, b[x], s0), end(solve, divides, pivot, b[x+next], s1)
			b[x+2*next], b[x+3*next] = end(solve, divides, pivot, b[x+2*next], s2), end(solve, divides, pivot, b[x+3*next], s3)
			y, x = y+lanes*next, x+lanes*next
		}
		for ; j > 0; j-- {
			b[x] = end(solve, divides, pivot, b[x], one(terms, a, at, stepA, b, y, line))
			y, x = y+next, x+next
		}
	}
}

// end makes an element of what it was and of its other terms.
func end[T view.Float](solve, divides bool, pivot, x, s T) T {
	switch {
	case !solve:
		return T(pivot*x) + s
	case divides:
		return (x - s) / pivot
	default:
		return (x - s) * pivot
	}
}

package level3

import "github.com/targetprop/targetprop/internal/view"

// lanes is how many chains a loop goes along at a time: as many as hide what a sum takes.
const lanes = 4

// loops computes the lines lo to hi-1 of b, of each a few elements at a time.
func (t *triangular[T]) loops(lo, hi int) {
	l := triangleLoop[T]{a: t.a.Data, b: t.b.Data, line: t.b.Stride, next: 1, solve: t.solve}
	l.row, l.col = t.a.steps()
	if !t.left {
		l.row, l.col, l.line, l.next = l.col, l.row, l.next, l.line
	}
	for i := range hi - lo {
		r, from, to := t.at(i, lo, hi)
		l.pivot, l.divides = 1, false
		if !t.a.Unit {
			l.pivot = l.a[r*(t.a.Stride+1)]
			if inv, ok := inverse(l.pivot); t.solve && ok {
				l.pivot = inv
			} else {
				l.divides = t.solve
			}
		}
		j, n := 0, t.crossing()
		for ; j+lanes <= n; j += lanes {
			l.several(r, from, to, j)
		}
		for ; j < n; j++ {
			l.one(r, from, to, j)
		}
	}
}

// triangleLoop is a loop over a triangle whose element (i, k) is a[i*row+k*col], and lines
// whose j-th element is b[i*line+j*next].
type triangleLoop[T view.Float] struct {
	a, b                 []T
	row, col, line, next int
	solve                bool
	pivot                T    // the factor of the line, of the diagonal
	divides              bool // rather a divisor
}

// one computes the j-th element of line r from those of the lines from to to-1.
func (l *triangleLoop[T]) one(r, from, to, j int) {
	at := r*l.line + j*l.next
	x := l.b[at]
	if !l.solve {
		x *= l.pivot
	}
	for k := from; k < to; k++ {
		p := T(l.a[r*l.row+k*l.col] * l.b[k*l.line+j*l.next])
		if l.solve {
			x -= p
		} else {
			x += p
		}
	}
	l.b[at] = l.end(x)
}

// several computes as many elements as there are lanes.
func (l *triangleLoop[T]) several(r, from, to, j int) {
	a, b, next := l.a, l.b, l.next
	at := r*l.line + j*next
	x0, x1, x2, x3 := b[at], b[at+next], b[at+2*next], b[at+3*next]
	sign := T(-1)
	if !l.solve {
		x0, x1, x2, x3 = x0*l.pivot, x1*l.pivot, x2*l.pivot, x3*l.pivot
		sign = 1
	}
	i, p := r*l.row+from*l.col, from*l.line+j*next
	for range to - from {
		c := sign * a[i]
		x0 += T(c * b[p])
		x1 += T(c * b[p+next])
		x2 += T(c * b[p+2*next])
		x3 += T(c * b[p+3*next])
		i += l.col
		p += l.line
	}
	b[at], b[at+next], b[at+2*next], b[at+3*next] = l.end(x0), l.end(x1), l.end(x2), l.end(x3)
}

// end is what becomes of a chain.
func (l *triangleLoop[T]) end(x T) T {
	switch {
	case !l.solve:
		return x
	case l.divides:
		return x / l.pivot
	default:
		return x * l.pivot
	}
}

package gonumlapack

import "gonum.org/v1/gonum/blas"

const (
	sweepsAtOnce    = 16
	columnsAtOnce   = 256 // rotated together: the rows that 16 sweeps touch nearly fit in the nearest cache
	fewestRotations = 24  // below this order gonum rotates
)

// rotations are sweeps of plane rotations of neighbouring rows of z, in the order in which an
// iteration finds them. They are put off until there are many, and then made so that a row
// which one sweep has left is taken up by the next while it is near.
type rotations struct {
	b        blas.Float64
	cols     int // of z
	z        []float64
	ldz      int
	order    int       // rows of z
	work     []float64 // rotationArea(order) numbers
	queue    [sweepsAtOnce]sweep
	n        int
	backward bool
}

// A sweep rotates the rows i and i+1 for count values of i from first, ascending or descending.
type sweep struct{ first, count int }

func rotationArea(order int) int { return 2 * sweepsAtOnce * order }

// sweep makes room for a sweep's cosines and sines; each belongs to first, first+1 and so on.
func (r *rotations) sweep(first, count int, backward bool) (c, s []float64) {
	if r.cols == 0 {
		r.n = 0
	}
	turns := count > 1 && r.backward != backward
	if r.n == sweepsAtOnce || r.n > 0 && turns {
		r.flush()
	}
	if turns {
		r.backward = backward
	}
	at := r.work[2*r.n*r.order:]
	r.queue[r.n] = sweep{first, count}
	r.n++
	return at[:count], at[r.order : r.order+count]
}

// flush makes the rotations. A sweep follows the one before it at a distance of one row.
func (r *rotations) flush() {
	queue := r.queue[:r.n]
	r.n = 0
	if len(queue) == 0 {
		return
	}
	low, high := r.order, -r.order
	for q, w := range queue {
		if r.backward {
			low, high = min(low, w.first-q), max(high, w.first+w.count-1-q)
		} else {
			low, high = min(low, w.first+q), max(high, w.first+w.count-1+q)
		}
	}
	for j := 0; j < r.cols; j += columnsAtOnce {
		cols := min(columnsAtOnce, r.cols-j)
		for step := range high - low + 1 {
			for q, w := range queue {
				i := low + step - q
				if r.backward {
					i = high - step + q
				}
				if i < w.first || i >= w.first+w.count {
					continue
				}
				at := 2*q*r.order + i - w.first
				c, s := r.work[at], r.work[at+r.order]
				if c == 1 && s == 0 {
					continue
				}
				x := i*r.ldz + j
				r.b.Drot(cols, r.z[x:x+cols], 1, r.z[x+r.ldz:x+r.ldz+cols], 1, c, s)
			}
		}
	}
}

// swapRows swaps two rows of z.
func (r *rotations) swapRows(i, k int) {
	if r.cols > 0 {
		r.b.Dswap(r.cols, r.z[i*r.ldz:], 1, r.z[k*r.ldz:], 1)
	}
}

// negate changes the sign of a row of z.
func (r *rotations) negate(i int) {
	if r.cols > 0 {
		r.b.Dscal(r.cols, -1, r.z[i*r.ldz:], 1)
	}
}

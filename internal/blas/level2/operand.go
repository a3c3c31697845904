package level2

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/simd/isa"
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/view"
)

// copies are the buffers of a call, of the vectors that cannot be used as they lie.
type copies[T view.Float] struct{ x, y *strided.Buffer[T] }

// giveBack ends the use of the buffers.
func (c *copies[T]) giveBack() {
	if c.x != nil {
		c.x.Return()
	}
	if c.y != nil {
		c.y.Return()
	}
}

// take is n elements of a buffer, which is borrowed first.
func take[T view.Float](b **strided.Buffer[T], n int) []T {
	*b = strided.Borrow[T]()
	return (*b).Take(n)
}

// together is x with increment 1: x itself or a copy in b.
func together[T view.Float](b **strided.Buffer[T], n int, x []T, inc int) []T {
	if inc == 1 {
		return x[:n]
	}
	copied := take(b, n)
	strided.Gather(copied, x, strided.First(n, inc), inc)
	return copied
}

// multiple is alpha*x with increment 1: x itself or a copy in b.
func multiple[T view.Float](b **strided.Buffer[T], i isa.ISA, n int, alpha T, x []T, inc int) []T {
	if inc == 1 && alpha == 1 {
		return x[:n]
	}
	copied := take(b, n)
	strided.Gather(copied, x, strided.First(n, inc), inc)
	if alpha != 1 {
		simd.Scale(i, alpha, copied)
	}
	return copied
}

// result is beta*y with increment 1: y itself or, for keep, a copy in b. With beta = 0,
// y's old content does not matter.
func result[T view.Float](b **strided.Buffer[T], i isa.ISA, n int, beta T, y []T, inc int) []T {
	var r []T
	switch {
	case inc == 1:
		r = y[:n]
	case beta == 0:
		r = take(b, n)
	default:
		r = together(b, n, y, inc)
	}
	if beta == 0 {
		view.Clear(r)
	} else if beta != 1 {
		simd.Scale(i, beta, r)
	}
	return r
}

// keep copies the result to y, if it is a copy.
func keep[T view.Float](r, y []T, inc int) {
	if inc != 1 {
		strided.Scatter(r, y, strided.First(len(r), inc), inc)
	}
}

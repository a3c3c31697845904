// Package level1 changes vectors, and the rows of matrices as vectors.
//
// Each element is computed by itself: multiples are added by one fused multiply-add, so
// that an element of [Combine] is one chain of them over the rows, ascending.
package level1

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Scale multiplies x by alpha.
func Scale[T view.Float](i isa.ISA, alpha T, x []T) {
	for len(x) > 0 {
		n := min(len(x), isa.CallElements)
		scale(i, n, alpha, x)
		x = x[n:]
	}
}

// Rotate multiplies the pairs of x and y, of the same length, by a matrix:
//
//	x, y = XX*x + XY*y, YX*x + YY*y
//
// where XY*y and YX*x are rounded first, and then the sums.
func Rotate[T view.Float](i isa.ISA, x, y []T, m Matrix[T]) {
	for len(x) > 0 {
		n := min(len(x), isa.CallElements)
		rotate(i, n, x, y, m)
		x, y = x[n:], y[n:]
	}
}

// Swap exchanges the elements of x and y, of the same length.
func Swap[T view.Float](i isa.ISA, x, y []T) {
	for len(x) > 0 {
		n := min(len(x), isa.CallElements)
		swap(i, n, x, y)
		x, y = x[n:], y[n:]
	}
}

// Axpy adds alpha*x to y, of the same length.
func Axpy[T view.Float](i isa.ISA, alpha T, x, y []T) {
	factor := [1]T{alpha}
	for len(x) > 0 {
		n := min(len(x), isa.CallElements)
		update(i, 1, n, factor[:], x, y, 0)
		x, y = x[n:], y[n:]
	}
}

// Update adds a multiple of x to each row of a, one for each element of alpha:
//
//	a[r*stride+j] += alpha[r]*x[j]
func Update[T view.Float](i isa.ISA, n int, alpha, x, a []T, stride int) {
	for j := 0; j < n; j += isa.CallElements {
		length := min(n-j, isa.CallElements)
		some := isa.CallElements / length
		for r := 0; r < len(alpha); r += some {
			update(i, min(len(alpha)-r, some), length, alpha[r:], x[j:], a[r*stride+j:], stride)
		}
	}
}

// Combine adds a multiple of each row of a to y, one after the other:
//
//	y[j] += alpha[r]*a[r*stride+j]
func Combine[T view.Float](i isa.ISA, n int, alpha, a []T, stride int, y []T) {
	for j := 0; j < n; j += isa.CallElements {
		length := min(n-j, isa.CallElements)
		some := isa.CallElements / length
		for r := 0; r < len(alpha); r += some {
			combine(i, min(len(alpha)-r, some), length, alpha[r:], a[r*stride+j:], stride, y[j:])
		}
	}
}

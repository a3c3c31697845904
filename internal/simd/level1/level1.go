// Package level1 changes vectors, and the rows of matrices as vectors.
//
// Each element is computed by itself: multiples are added by one fused multiply-add, so
// that an element of [Combine] is one chain of them over the rows, ascending.
package level1

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// few is the most elements that are not worth a call of assembly.
const few = 4

// Scale multiplies x by alpha.
func Scale[T view.Float](i isa.ISA, alpha T, x []T) {
	if len(x) <= few {
		defineScale(len(x), alpha, x)
		return
	}
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
	if len(x) <= few {
		defineSwap(len(x), x, y)
		return
	}
	for len(x) > 0 {
		n := min(len(x), isa.CallElements)
		swap(i, n, x, y)
		x, y = x[n:], y[n:]
	}
}

// Pairwise writes x op y to dst, all of the same length. dst may be x or y.
func Pairwise[T view.Float](i isa.ISA, op Op, dst, x, y []T) {
	for len(x) > 0 {
		n := min(len(x), isa.CallElements)
		pairwise(i, op, n, x, y, dst)
		x, y, dst = x[n:], y[n:], dst[n:]
	}
}

// Axpy adds alpha*x to y, of the same length.
func Axpy[T view.Float](i isa.ISA, alpha T, x, y []T) {
	factor := [1]T{alpha}
	for len(x) > 0 {
		n := min(len(x), isa.CallElements)
		update(i, 1, n, factor[:], x, y, 0, 0, 0)
		x, y = x[n:], y[n:]
	}
}

// Update adds a multiple of x to each row of a, one for each element of alpha:
//
//	a[r*stride+j] += alpha[r]*x[j]
func Update[T view.Float](i isa.ISA, n int, alpha, x, a []T, stride int) {
	rows := len(alpha)
	if rows > 0 && n > 0 && rows*n <= isa.CallElements {
		update(i, rows, n, alpha, x, a, stride, 0, 0)
		return
	}
	for j := 0; j < n; j += isa.CallElements {
		length := min(n-j, isa.CallElements)
		some := isa.CallElements / length
		for r := 0; r < rows; r += some {
			update(i, min(rows-r, some), length, alpha[r:], x[j:], a[r*stride+j:], stride, 0, 0)
		}
	}
}

// Triangle adds multiples of x to the rows of a triangle from the row first on, one for each
// element of alpha. Row r of the upper one are its columns from r to n:
//
//	a[r*stride+j] += alpha[r-first]*x[j]
//
// and of the lower one those to r.
func Triangle[T view.Float](i isa.ISA, upper bool, first, n int, alpha, x, a []T, stride int) {
	length, step, longer := n-first, 1, -1
	at, from := first*stride+first, first
	if !upper {
		length, step, longer = first+1, 0, 1
		at, from = first*stride, 0
	}
	for len(alpha) > 0 {
		if length > isa.CallElements { // a row by itself, in several calls
			Axpy(i, alpha[0], x[from:][:length], a[at:][:length])
			alpha, at, from, length = alpha[1:], at+stride+step, from+step, length+longer
			continue
		}
		rows := min(len(alpha), max(1, isa.CallElements/(length+len(alpha))))
		update(i, rows, length, alpha, x[from:], a[at:], stride+step, step, longer)
		alpha, at, from, length = alpha[rows:], at+rows*(stride+step), from+rows*step, length+rows*longer
	}
}

// Combine adds a multiple of each row of a to y, one after the other:
//
//	y[j] += alpha[r]*a[r*stride+j]
func Combine[T view.Float](i isa.ISA, n int, alpha, a []T, stride int, y []T) {
	rows := len(alpha)
	if rows > 0 && n > 0 && rows*n <= isa.CallElements {
		combine(i, rows, n, alpha, a, stride, y)
		return
	}
	for j := 0; j < n; j += isa.CallElements {
		length := min(n-j, isa.CallElements)
		some := isa.CallElements / length
		for r := 0; r < rows; r += some {
			combine(i, min(rows-r, some), length, alpha[r:], a[r*stride+j:], stride, y[j:])
		}
	}
}

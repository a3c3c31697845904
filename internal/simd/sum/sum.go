// Package sum adds up along rows: dot products, sums of squares and of absolute values,
// the largest absolute value, and the products of rows of a matrix with a vector.
//
// # The order of a sum
//
// It is the same for every instruction set:
//
//  1. A row is cut into pieces of [Piece] elements, the last one shorter. The sums of the
//     pieces are added in order, from the first.
//  2. In a piece there are [Lanes] lanes, 256 bytes of them, or for [Rows] [RowLanes], 128
//     bytes. Each begins as 0. Element i of the piece belongs to lane i mod lanes, and each
//     lane takes its elements in order: by a fused multiply-add (Dot, SumSquares, Rows) or
//     an addition (Asum).
//  3. Then lane j becomes lane j plus lane j + half, for half of the lanes that are left,
//     until lane 0 is the sum.
//
// So many lanes are as many chains as keep the multipliers of a core busy: 4 registers of
// AVX-512, 8 of AVX2. Rows has half of them, so that several rows fit into the registers
// and share the loads of the vector.
package sum

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Dot is the sum of the products of x and y, of the same length.
func Dot[T view.Float](i isa.ISA, x, y []T) T {
	if len(x) <= few {
		return dotFew(x, y)
	}
	n := min(len(x), Piece)
	sum := dot(i, n, x, y)
	for n < len(x) {
		x, y = x[n:], y[n:]
		n = min(len(x), Piece)
		sum += dot(i, n, x, y)
	}
	return sum
}

// DotDouble is the sum of the products of x and y, of the same length, as numbers of
// float64: in the order of their Dot.
func DotDouble(i isa.ISA, x, y []float32) float64 {
	if len(x) == 0 {
		return 0
	}
	n := min(len(x), Piece)
	sum := dotDouble(i, n, x, y)
	for n < len(x) {
		x, y = x[n:], y[n:]
		n = min(len(x), Piece)
		sum += dotDouble(i, n, x, y)
	}
	return sum
}

// SumSquares is the sum of the squares of x, which may overflow or underflow.
func SumSquares[T view.Float](i isa.ISA, x []T) T {
	if len(x) == 0 {
		return 0
	}
	n := min(len(x), Piece)
	sum := sumSquares(i, n, x)
	for n < len(x) {
		x = x[n:]
		n = min(len(x), Piece)
		sum += sumSquares(i, n, x)
	}
	return sum
}

// Asum is the sum of the absolute values of x.
func Asum[T view.Float](i isa.ISA, x []T) T {
	if len(x) == 0 {
		return 0
	}
	n := min(len(x), Piece)
	sum := asum(i, n, x)
	for n < len(x) {
		x = x[n:]
		n = min(len(x), Piece)
		sum += asum(i, n, x)
	}
	return sum
}

// Amax is the largest absolute value in x. NaN do not count; without a number it is 0.
func Amax[T view.Float](i isa.ISA, x []T) T {
	var largest T
	for len(x) > 0 {
		n := min(len(x), Piece)
		largest = max(largest, amax(i, n, x))
		x = x[n:]
	}
	return largest
}

// Rows adds alpha times the product of each row of a with x to an element of y:
//
//	y[i*next] += alpha * sum over p < n of a[i*stride+p]*x[p]
//
// by a fused multiply-add, for each piece of the row. There are at least a row and an element.
func Rows[T view.Float](i isa.ISA, rows, n int, alpha T, a []T, stride int, x, y []T, next int) {
	if n <= Piece && rows*n <= isa.CallElements {
		addRows(i, rows, n, alpha, a, stride, x, y, next)
		return
	}
	for p := 0; p < n; p += Piece {
		length := min(n-p, Piece)
		some := max(1, isa.CallElements/length)
		for r := 0; r < rows; r += some {
			addRows(i, min(rows-r, some), length, alpha, a[r*stride+p:], stride, x[p:], y[r*next:], next)
		}
	}
}

// Both adds the product of each row of a with x to an element of sums, and a multiple of it
// to y, so that a is read once:
//
//	sums[i] += sum over p < n of a[i*stride+p]*x[p]
//	y[p] += alpha[i]*a[i*stride+p]
//
// the first in the order of [Rows] with alpha = 1, the second by fused multiply-adds, row
// after row.
func Both[T view.Float](i isa.ISA, n int, a []T, stride int, x, sums, alpha, y []T) {
	for p := 0; p < n; p += Piece {
		length := min(n-p, Piece)
		some := isa.CallElements / length
		for r := 0; r < len(alpha); r += some {
			both(i, min(len(alpha)-r, some), length, a[r*stride+p:], stride, x[p:], sums[r:], alpha[r:], y[p:])
		}
	}
}

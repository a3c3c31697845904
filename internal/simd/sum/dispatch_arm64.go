//go:build !purego

package sum

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/asm/f64"
	"github.com/targetprop/targetprop/internal/simd/fma"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// single and double are where the elements lie, for the kernels of one type.
func single[T view.Float](x []T) *float32 { return (*float32)(unsafe.Pointer(&x[0])) }
func double[T view.Float](x []T) *float64 { return (*float64)(unsafe.Pointer(&x[0])) }

// NEON's kernels add whole blocks to lanes in memory; what is left, and the tree, is done by
// the definitions.

// dot is Dot of the first n elements, n > 0.
func dot[T view.Float](i isa.ISA, n int, x, y []T) T {
	if i != isa.NEON {
		return defineDot(n, x, y)
	}
	var memory [most]T
	lanes := memory[:Lanes[T]()]
	blocks := n / len(lanes)
	if blocks > 0 && view.Size[T]() == 8 {
		f64.DotNEON(blocks, double(x), double(y), double(lanes))
	} else if blocks > 0 {
		f32.DotNEON(blocks, single(x), single(y), single(lanes))
	}
	addProducts(lanes, x[blocks*len(lanes):n], y[blocks*len(lanes):])
	return tree(lanes)
}

// sumSquares is SumSquares of the first n elements, n > 0.
func sumSquares[T view.Float](i isa.ISA, n int, x []T) T { return dot(i, n, x, x) }

// asum is Asum of the first n elements, n > 0.
func asum[T view.Float](i isa.ISA, n int, x []T) T {
	if i != isa.NEON {
		return defineAsum(n, x)
	}
	var memory [most]T
	lanes := memory[:Lanes[T]()]
	blocks := n / len(lanes)
	if blocks > 0 && view.Size[T]() == 8 {
		f64.AsumNEON(blocks, double(x), double(lanes))
	} else if blocks > 0 {
		f32.AsumNEON(blocks, single(x), single(lanes))
	}
	addAbs(lanes, x[blocks*len(lanes):n])
	return tree(lanes)
}

// amax is Amax of the first n elements, n > 0.
func amax[T view.Float](_ isa.ISA, n int, x []T) T { return defineAmax(n, x) }

// addRows is Rows of the first n elements, n > 0.
func addRows[T view.Float](i isa.ISA, rows, n int, alpha T, a []T, stride int, x, y []T, next int) {
	if i != isa.NEON {
		defineRows(rows, n, alpha, a, stride, x, y, next)
		return
	}
	for r := range rows {
		row := a[r*stride:]
		var memory [most]T
		lanes := memory[:RowLanes[T]()]
		blocks := n / len(lanes)
		if blocks > 0 && view.Size[T]() == 8 {
			f64.RowNEON(blocks, double(row), double(x), double(lanes))
		} else if blocks > 0 {
			f32.RowNEON(blocks, single(row), single(x), single(lanes))
		}
		addProducts(lanes, row[blocks*len(lanes):n], x[blocks*len(lanes):])
		y[r*next] = fma.Of(alpha, tree(lanes), y[r*next])
	}
}

// dotDouble is DotDouble of the first n elements, n > 0.
func dotDouble(_ isa.ISA, n int, x, y []float32) float64 { return defineDotDouble(n, x, y) }

// both is Both of the first n elements, n > 0: a row for both in turn, so that it is in the
// first-level cache the second time.
func both[T view.Float](i isa.ISA, rows, n int, a []T, stride int, x, sums, alpha, y []T) {
	if i != isa.NEON {
		defineBoth(rows, n, a, stride, x, sums, alpha, y)
		return
	}
	lines := n / view.Panel[T]()
	for r := range rows {
		row, factor := a[r*stride:][:n], alpha[r:r+1]
		addRows(i, 1, n, 1, row, n, x, sums[r:], 1)
		if lines > 0 && view.Size[T]() == 8 {
			f64.AxpyNEON(lines, double(factor), double(row), double(y))
		} else if lines > 0 {
			f32.AxpyNEON(lines, single(factor), single(row), single(y))
		}
		for p := lines * view.Panel[T](); p < n; p++ {
			y[p] = fma.Of(factor[0], row[p], y[p])
		}
	}
}

//go:build !purego

package level1

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/asm/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// single and double are where the elements lie, for the kernels of one type.
func single[T view.Float](x []T) *float32 { return (*float32)(unsafe.Pointer(&x[0])) }
func double[T view.Float](x []T) *float64 { return (*float64)(unsafe.Pointer(&x[0])) }

// NEON's kernels take whole lines; what is left is done by the definitions.

// lines is the whole lines of n elements, and their elements.
func lines[T view.Float](n int) (lines, elements int) {
	lines = n / view.Panel[T]()
	return lines, lines * view.Panel[T]()
}

// scale is Scale of the first n elements, n > 0.
func scale[T view.Float](i isa.ISA, n int, alpha T, x []T) {
	factor := [1]T{alpha}
	blocks, whole := lines[T](n)
	switch {
	case i != isa.NEON || blocks == 0:
		whole = 0
	case view.Size[T]() == 8:
		f64.ScaleNEON(blocks, double(factor[:]), double(x))
	default:
		f32.ScaleNEON(blocks, single(factor[:]), single(x))
	}
	defineScale(n-whole, alpha, x[whole:])
}

// rotate is Rotate of the first n elements, n > 0.
func rotate[T view.Float](i isa.ISA, n int, x, y []T, m Matrix[T]) {
	h := [4]T{m.XX, m.XY, m.YX, m.YY}
	blocks, whole := lines[T](n)
	switch {
	case i != isa.NEON || blocks == 0:
		whole = 0
	case view.Size[T]() == 8:
		f64.RotateNEON(blocks, double(x), double(y), double(h[:]), double(h[1:]), double(h[2:]), double(h[3:]))
	default:
		f32.RotateNEON(blocks, single(x), single(y), single(h[:]), single(h[1:]), single(h[2:]), single(h[3:]))
	}
	defineRotate(n-whole, x[whole:], y[whole:], m)
}

// swap is Swap of the first n elements, n > 0.
func swap[T view.Float](_ isa.ISA, n int, x, y []T) { defineSwap(n, x, y) }

// pairwise is Pairwise of the first n elements, n > 0.
func pairwise[T view.Float](i isa.ISA, op Op, n int, x, y, dst []T) {
	blocks, whole := lines[T](n)
	switch {
	case i != isa.NEON || blocks == 0:
		whole = 0
	case view.Size[T]() == 8:
		switch op {
		case Add:
			f64.AddNEON(blocks, double(x), double(y), double(dst))
		case Sub:
			f64.SubNEON(blocks, double(x), double(y), double(dst))
		case Mul:
			f64.MulNEON(blocks, double(x), double(y), double(dst))
		}
	default:
		switch op {
		case Add:
			f32.AddNEON(blocks, single(x), single(y), single(dst))
		case Sub:
			f32.SubNEON(blocks, single(x), single(y), single(dst))
		case Mul:
			f32.MulNEON(blocks, single(x), single(y), single(dst))
		}
	}
	definePairwise(op, x[whole:n], y[whole:], dst[whole:])
}

// update is Update or Triangle of so many rows and elements, more than 0.
func update[T view.Float](i isa.ISA, rows, n int, alpha, x, a []T, stride, step, longer int) {
	for r := range rows {
		addLines(i, n+r*longer, alpha[r:r+1], x[r*step:], a[r*stride:])
	}
}

// combine is Combine of so many rows and elements, more than 0.
func combine[T view.Float](i isa.ISA, rows, n int, alpha, a []T, stride int, y []T) {
	for r := range rows {
		addLines(i, n, alpha[r:r+1], a[r*stride:], y)
	}
}

// addLines adds alpha[0]*x to n elements of y.
func addLines[T view.Float](i isa.ISA, n int, alpha, x, y []T) {
	blocks, whole := lines[T](n)
	switch {
	case i != isa.NEON || blocks == 0:
		whole = 0
	case view.Size[T]() == 8:
		f64.AxpyNEON(blocks, double(alpha), double(x), double(y))
	default:
		f32.AxpyNEON(blocks, single(alpha), single(x), single(y))
	}
	defineUpdate(1, n-whole, alpha, x[whole:], y[whole:], 0, 0, 0)
}

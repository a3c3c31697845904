//go:build (!amd64 && !arm64) || purego

package level1

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// scale is Scale of the first n elements, n > 0.
func scale[T view.Float](_ isa.ISA, n int, alpha T, x []T) {
	defineScale(n, alpha, x)
}

// rotate is Rotate of the first n elements, n > 0.
func rotate[T view.Float](_ isa.ISA, n int, x, y []T, m Matrix[T]) {
	defineRotate(n, x, y, m)
}

// swap is Swap of the first n elements, n > 0.
func swap[T view.Float](_ isa.ISA, n int, x, y []T) {
	defineSwap(n, x, y)
}

// pairwise is Pairwise of the first n elements, n > 0.
func pairwise[T view.Float](_ isa.ISA, op Op, n int, x, y, dst []T) {
	definePairwise(op, x[:n], y, dst)
}

// update is Update or Triangle of so many rows and elements, more than 0.
func update[T view.Float](_ isa.ISA, rows, n int, alpha, x, a []T, stride, step, longer int) {
	defineUpdate(rows, n, alpha, x, a, stride, step, longer)
}

// combine is Combine of so many rows and elements, more than 0.
func combine[T view.Float](_ isa.ISA, rows, n int, alpha, a []T, stride int, y []T) {
	defineCombine(rows, n, alpha, a, stride, y)
}

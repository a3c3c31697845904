//go:build (!amd64 && !arm64) || purego

package sum

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// dot is Dot of the first n elements, n > 0.
func dot[T view.Float](_ isa.ISA, n int, x, y []T) T { return defineDot(n, x, y) }

// sumSquares is SumSquares of the first n elements, n > 0.
func sumSquares[T view.Float](_ isa.ISA, n int, x []T) T { return defineDot(n, x, x) }

// asum is Asum of the first n elements, n > 0.
func asum[T view.Float](_ isa.ISA, n int, x []T) T { return defineAsum(n, x) }

// amax is Amax of the first n elements, n > 0.
func amax[T view.Float](_ isa.ISA, n int, x []T) T { return defineAmax(n, x) }

// addRows is Rows of the first n elements, n > 0.
func addRows[T view.Float](_ isa.ISA, rows, n int, alpha T, a []T, stride int, x, y []T, next int) {
	defineRows(rows, n, alpha, a, stride, x, y, next)
}

// dotDouble is DotDouble of the first n elements, n > 0.
func dotDouble(_ isa.ISA, n int, x, y []float32) float64 { return defineDotDouble(n, x, y) }

// both is Both of the first n elements, n > 0.
func both[T view.Float](_ isa.ISA, rows, n int, a []T, stride int, x, sums, alpha, y []T) {
	defineBoth(rows, n, a, stride, x, sums, alpha, y)
}

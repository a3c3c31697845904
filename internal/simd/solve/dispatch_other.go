//go:build (!amd64 && !arm64) || purego

package solve

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// solve is Solve for panels of so many columns, one at least, and n > 0.
func solve[T view.Float](_ isa.ISA, columns int, back bool, n int, a []T, row, column int, inverse []T, panels int, b []T, stride int, x []T) {
	define(columns, back, n, a, row, column, inverse, panels, b, stride, x)
}

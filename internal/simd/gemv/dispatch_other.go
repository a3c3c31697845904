//go:build !amd64 || purego

package gemv

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// add is what defines it.
func add[T view.Float](_ isa.ISA, vectors, rows, k int, a []T, stride int, x []T, step int, y []T, next int) {
	addGeneric(vectors, rows, k, a, stride, x, step, y, next)
}

//go:build !amd64 || purego

package gemv

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Add adds the products of rows of a with vectors:
//
//	y[v*next+i] += sum over p < k of a[i*stride+p]*x[p*step+v]
//
// as one chain of fused multiply-adds over p, ascending. The rows are whole groups of
// what the instruction set takes at a time, k is at least
// isa.GemvColumns, and there are isa.GemvVectors vectors at most.
func Add[T view.Float](_ isa.ISA, vectors, rows, k int, a []T, stride int, x []T, step int, y []T, next int) {
	addGeneric(vectors, rows, k, a, stride, x, step, y, next)
}

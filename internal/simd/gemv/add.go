package gemv

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Add adds the products of rows of a with vectors:
//
//	y[v*next+i] += sum over p < k of a[i*stride+p]*x[p*step+v]
//
// as one chain of fused multiply-adds over p, ascending, from the old y. There are 1 to
// isa.GemvVectors vectors. rows is a multiple of what [isa.ISA.GemvRows] says, and k at
// least isa.GemvColumns. y overlaps neither a nor x.
func Add[T view.Float](i isa.ISA, vectors, rows, k int, a []T, stride int, x []T, step int, y []T, next int) {
	add(i, vectors, rows, k, a, stride, x, step, y, next)
}

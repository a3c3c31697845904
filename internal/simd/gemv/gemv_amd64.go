//go:build !purego

package gemv

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm/f32"
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
	if view.Size[T]() == 8 {
		addGeneric(vectors, rows, k, a, stride, x, step, y, next)
		return
	}
	const size = 4
	a0, x0, y0 := (*float32)(unsafe.Pointer(&a[0])), (*float32)(unsafe.Pointer(&x[0])), (*float32)(unsafe.Pointer(&y[0]))
	as, xs, ys := uintptr(stride)*size, uintptr(step)*size, uintptr(next)*size
	switch i {
	case isa.AVX512:
		f32.GemvAVX512(vectors, rows/16, k, a0, as, x0, xs, y0, ys)
	case isa.AVX2:
		f32.GemvAVX2(vectors, rows/8, k, a0, as, x0, xs, y0, ys)
	default:
		addGeneric(vectors, rows, k, a, stride, x, step, y, next)
	}
}

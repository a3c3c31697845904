//go:build !purego

package gemv

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/asm/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// add runs the assembly, or what defines it.
func add[T view.Float](i isa.ISA, vectors, rows, k int, a []T, stride int, x []T, step int, y []T, next int) {
	size := unsafe.Sizeof(*new(T))
	a0, x0, y0 := unsafe.Pointer(&a[0]), unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0])
	as, xs, ys := uintptr(stride)*size, uintptr(step)*size, uintptr(next)*size
	double, groups := size == 8, 0
	if each := i.GemvRows(view.Panel[T]()); each > 0 {
		groups = rows / each
	}
	switch i {
	case isa.AVX512:
		if double {
			f64.GemvAVX512(vectors, groups, k, (*float64)(a0), as, (*float64)(x0), xs, (*float64)(y0), ys)
			return
		}
		f32.GemvAVX512(vectors, groups, k, (*float32)(a0), as, (*float32)(x0), xs, (*float32)(y0), ys)
	case isa.AVX2:
		if double {
			f64.GemvAVX2(vectors, groups, k, (*float64)(a0), as, (*float64)(x0), xs, (*float64)(y0), ys)
			return
		}
		f32.GemvAVX2(vectors, groups, k, (*float32)(a0), as, (*float32)(x0), xs, (*float32)(y0), ys)
	default:
		addGeneric(vectors, rows, k, a, stride, x, step, y, next)
	}
}

//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

// gemv takes whole groups of gemvRows rows, and gemvColumns columns at least.
func gemv(isa ISA, vectors, rows, k int, a []float32, stride int, x []float32, step int, y []float32, next int) {
	switch isa {
	case AVX512:
		f32.GemvAVX512(vectors, rows/16, k, &a[0], uintptr(stride)*4, &x[0], uintptr(step)*4, &y[0], uintptr(next)*4)
	case AVX2:
		f32.GemvAVX2(vectors, rows/8, k, &a[0], uintptr(stride)*4, &x[0], uintptr(step)*4, &y[0], uintptr(next)*4)
	default:
		gemvGeneric(vectors, rows, k, a, stride, x, step, y, next)
	}
}

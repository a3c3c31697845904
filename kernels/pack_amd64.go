//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

func copyParts(isa ISA, rows int, src []float32, stride int, dst []float32, next, step int) {
	s, n, d := uintptr(stride)*4, uintptr(next)*4, uintptr(step)*4
	switch isa {
	case AVX512:
		asm.PackAVX512(rows, &src[0], s, &dst[0], n, d)
	case AVX2:
		asm.PackAVX2(rows, &src[0], s, &dst[0], n, d)
	default:
		copyPartsGeneric(rows, src, stride, dst, next, step)
	}
}

//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

func exp(isa ISA, dst, src []float32) {
	switch isa {
	case AVX512:
		asm.ExpAVX512(len(src), &src[0], &dst[0])
	case AVX2:
		asm.ExpAVX2(len(src), &src[0], &dst[0])
	default:
		expGeneric(dst, src)
	}
}

func log(isa ISA, dst, src []float32) {
	switch isa {
	case AVX512:
		asm.LogAVX512(len(src), &src[0], &dst[0])
	case AVX2:
		asm.LogAVX2(len(src), &src[0], &dst[0])
	default:
		logGeneric(dst, src)
	}
}

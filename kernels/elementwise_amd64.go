//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func exp(isa ISA, dst, src []float32) {
	switch isa {
	case AVX512:
		f32.ExpAVX512(len(src), &src[0], &dst[0])
	case AVX2:
		f32.ExpAVX2(len(src), &src[0], &dst[0])
	default:
		expGeneric(dst, src)
	}
}

func log(isa ISA, dst, src []float32) {
	switch isa {
	case AVX512:
		f32.LogAVX512(len(src), &src[0], &dst[0])
	case AVX2:
		f32.LogAVX2(len(src), &src[0], &dst[0])
	default:
		logGeneric(dst, src)
	}
}

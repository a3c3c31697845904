//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func exp(isa ISA, dst, src []float32) {
	if isa != NEON {
		expGeneric(dst, src)
		return
	}
	f32.ExpNEON(len(src), &src[0], &dst[0])
}

func log(isa ISA, dst, src []float32) {
	if isa != NEON {
		logGeneric(dst, src)
		return
	}
	f32.LogNEON(len(src), &src[0], &dst[0])
}

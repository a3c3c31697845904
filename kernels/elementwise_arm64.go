//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

func exp(isa ISA, dst, src []float32) {
	if isa != NEON {
		expGeneric(dst, src)
		return
	}
	asm.ExpNEON(len(src), &src[0], &dst[0])
}

func log(isa ISA, dst, src []float32) {
	if isa != NEON {
		logGeneric(dst, src)
		return
	}
	asm.LogNEON(len(src), &src[0], &dst[0])
}

//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func gaussian(isa ISA, blocks int, dst, src []float32, std float32, at drawAt, first uint32, keys *roundKeys) {
	if blocks == 0 {
		return
	}
	if isa != NEON {
		gaussianGeneric(blocks, dst, src, std, at, first, keys)
		return
	}
	f32.GaussianNEON(blocks, &dst[0], &src[0], std, first, at.row, at.step, at.stream, &keys[0])
}

func bernoulli(isa ISA, dst, p []float32, use [4]float32, divisor float32, at drawAt, keys *roundKeys) {
	if isa != NEON {
		bernoulliGeneric(dst, p, use, divisor, at, keys)
		return
	}
	f32.BernoulliNEON(len(p), &dst[0], &p[0], use[0], use[1], use[2], use[3], divisor, at.row, at.step, at.stream, &keys[0])
}

//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func gaussian(isa ISA, blocks int, dst, src []float32, std float32, at drawAt, first uint32, keys *roundKeys) {
	if blocks == 0 {
		return
	}
	switch isa {
	case AVX512:
		f32.GaussianAVX512(blocks, &dst[0], &src[0], std, first, at.row, at.step, at.stream, &keys[0])
	case AVX2:
		f32.GaussianAVX2(blocks, &dst[0], &src[0], std, first, at.row, at.step, at.stream, &keys[0])
	default:
		gaussianGeneric(blocks, dst, src, std, at, first, keys)
	}
}

func bernoulli(isa ISA, dst, p []float32, use [4]float32, divisor float32, at drawAt, keys *roundKeys) {
	switch isa {
	case AVX512:
		f32.BernoulliAVX512(len(p), &dst[0], &p[0], use[0], use[1], use[2], use[3], divisor, at.row, at.step, at.stream, &keys[0])
	case AVX2:
		f32.BernoulliAVX2(len(p), &dst[0], &p[0], use[0], use[1], use[2], use[3], divisor, at.row, at.step, at.stream, &keys[0])
	default:
		bernoulliGeneric(dst, p, use, divisor, at, keys)
	}
}

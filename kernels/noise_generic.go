//go:build (!amd64 && !arm64) || purego

package kernels

func gaussian(_ ISA, blocks int, dst, src []float32, std float32, at drawAt, first uint32, keys *roundKeys) {
	gaussianGeneric(blocks, dst, src, std, at, first, keys)
}

func bernoulli(_ ISA, dst, p []float32, use [4]float32, divisor float32, at drawAt, keys *roundKeys) {
	bernoulliGeneric(dst, p, use, divisor, at, keys)
}

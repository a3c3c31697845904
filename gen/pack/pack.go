// Package pack generates the kernels that lay a matrix out for a product.
package pack

import "github.com/mmcloughlin/avo/build"

// AVX512 builds the kernels for lines of either type, and those for columns of float32.
func AVX512(ctx *build.Context) {
	lines(ctx, "PackAVX512", 64)
	transpose(ctx, Float32)
	blocks(ctx, "TransposeBlocksAVX512", 64)
}

// AVX512Double builds those for columns of float64.
func AVX512Double(ctx *build.Context) { transpose(ctx, Float64) }

// AVX2 builds the kernels for lines of either type, and those for columns of float32.
func AVX2(ctx *build.Context) {
	lines(ctx, "PackAVX2", 32)
	transposeHalf(ctx, Float32)
	blocks(ctx, "TransposeBlocksAVX2", 32)
}

// AVX2Double builds those for columns of float64.
func AVX2Double(ctx *build.Context) { transposeHalf(ctx, Float64) }

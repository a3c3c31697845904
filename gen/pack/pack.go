// Package pack generates the kernels that lay a matrix out for a product.
package pack

import "github.com/mmcloughlin/avo/build"

// AVX512 builds the kernels with 16-lane registers.
func AVX512(ctx *build.Context) {
	lines(ctx, "PackAVX512", 16)
	transpose(ctx)
}

// AVX2 builds the kernels with 8-lane registers.
func AVX2(ctx *build.Context) {
	lines(ctx, "PackAVX2", 8)
	transposeHalf(ctx)
}

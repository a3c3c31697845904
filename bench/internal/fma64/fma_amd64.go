//go:build !purego

package fma64

import "github.com/targetprop/targetprop/kernels"

func avx512(n int)
func avx2(n int)

func run(isa kernels.ISA, turns int) (flops int) {
	switch isa {
	case kernels.AVX512:
		avx512(turns)
		return turns * 2 * 8 * 12
	case kernels.AVX2:
		avx2(turns)
		return turns * 2 * 4 * 12
	}
	return 0
}

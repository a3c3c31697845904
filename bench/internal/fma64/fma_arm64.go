//go:build !purego

package fma64

import "github.com/targetprop/targetprop/kernels"

func neon(n int)

func run(isa kernels.ISA, turns int) (flops int) {
	if isa != kernels.NEON {
		return 0
	}
	neon(turns)
	return turns * 2 * 2 * 24
}

// Package fma64 is the peak of a core at float64: fused multiply-adds that touch registers
// only. [kernels.Engine.PeakFMA] is that of float32.
package fma64

import "github.com/targetprop/targetprop/kernels"

// Peak runs turns of the loop of an instruction set that this machine has, and returns the
// number of floating-point operations in it, two for each multiply-add. Plain Go has no such
// loop: the result is then 0.
func Peak(isa kernels.ISA, turns int) (flops int) {
	if turns < 1 {
		return 0
	}
	return run(isa, turns)
}

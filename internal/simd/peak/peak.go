// Package peak runs loops of fused multiply-adds that touch registers only: timed, they
// are the peak of a core, the denominator of every share of peak in this project.
package peak

import "github.com/targetprop/targetprop/internal/simd/isa"

// The lanes of a vector, and the independent vectors in a turn of the loop, as in
// gen/peak. A core of arm64 may begin four multiply-adds in a cycle.
var (
	lanes  = [...]int{isa.NEON: 4, isa.AVX2: 8, isa.AVX512: 16}
	chains = [...]int{isa.NEON: 24, isa.AVX2: 12, isa.AVX512: 12}
)

// FMA runs turns of the loop and returns the number of floating-point operations in
// them. Plain Go has no such loop: the result is then 0.
func FMA(i isa.ISA, turns int) (flops int) {
	const some = 1 << 15 // turns of a call: it lasts less than 100 microseconds
	for done := 0; done < turns; done += min(some, turns-done) {
		if !peakFMA(i, min(some, turns-done)) {
			return 0
		}
	}
	if turns < 1 {
		return 0
	}
	return turns * 2 * lanes[i] * chains[i]
}

//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

// peakChains is the number of independent vectors in the loops of gen/peak.
const peakChains = 12

// peakFMA runs the loop and returns the operations in a turn.
func peakFMA(isa ISA, turns int) int {
	switch isa {
	case AVX512:
		f32.PeakFMAAVX512(turns)
		return 2 * 16 * peakChains
	case AVX2:
		f32.PeakFMAAVX2(turns)
		return 2 * 8 * peakChains
	default:
		return 0
	}
}

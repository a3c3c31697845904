//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

// neonPeakChains is peakChains for NEON, of which a core may begin four
// multiply-adds in a cycle.
const neonPeakChains = 24

// peakFMA runs the loop and returns the operations in a turn.
func peakFMA(isa ISA, turns int) int {
	if isa != NEON {
		return 0
	}
	f32.PeakFMANEON(turns)
	return 2 * 4 * neonPeakChains
}

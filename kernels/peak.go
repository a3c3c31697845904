package kernels

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/peak"
)

// PeakFMA runs turns of a loop of fused multiply-adds that touches registers
// only and returns the number of floating-point operations in it: timed, it is
// the peak of the core under the engine's instruction set, the denominator of
// every share of peak in this project. Plain Go has no such loop; the result is
// then 0.
func (e *Engine) PeakFMA(turns int) (flops int) {
	return peak.FMA(isa.ISA(e.isa), turns)
}

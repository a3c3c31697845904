//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func update(isa ISA, s step, w, grad []float32, m Moments) {
	if isa != NEON {
		updateGeneric(s, w, grad, m)
		return
	}
	if len(w) == 0 {
		return
	}
	n, w0, g0 := len(w), &w[0], &grad[0]
	switch s.Rule {
	case RMSProp:
		f32.RMSPropNEON(n, w0, g0, &m.Mean[0], &m.Square[0], &m.Velocity[0], s.Decay, s.decayRate, s.Momentum, s.Rate, s.Epsilon)
	case SGD:
		f32.MomentumNEON(n, w0, g0, &m.Velocity[0], s.Momentum, s.Rate)
	case Adam:
		f32.AdamNEON(n, w0, g0, &m.Mean[0], &m.Square[0], s.Momentum, s.momentumRate, s.Decay, s.decayRate, s.unbias, s.Rate, s.Epsilon)
	}
}

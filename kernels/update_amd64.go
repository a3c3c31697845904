//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func update(isa ISA, s step, w, grad []float32, m Moments) {
	if len(w) == 0 {
		return
	}
	n, w0, g0 := len(w), &w[0], &grad[0]
	switch {
	case isa == Generic:
		updateGeneric(s, w, grad, m)
	case s.Rule == RMSProp && isa == AVX512:
		f32.RMSPropAVX512(n, w0, g0, &m.Mean[0], &m.Square[0], &m.Velocity[0], s.Decay, s.decayRate, s.Momentum, s.Rate, s.Epsilon)
	case s.Rule == RMSProp:
		f32.RMSPropAVX2(n, w0, g0, &m.Mean[0], &m.Square[0], &m.Velocity[0], s.Decay, s.decayRate, s.Momentum, s.Rate, s.Epsilon)
	case s.Rule == SGD && isa == AVX512:
		f32.MomentumAVX512(n, w0, g0, &m.Velocity[0], s.Momentum, s.Rate)
	case s.Rule == SGD:
		f32.MomentumAVX2(n, w0, g0, &m.Velocity[0], s.Momentum, s.Rate)
	case s.Rule == Adam && isa == AVX512:
		f32.AdamAVX512(n, w0, g0, &m.Mean[0], &m.Square[0], s.Momentum, s.momentumRate, s.Decay, s.decayRate, s.unbias, s.Rate, s.Epsilon)
	case s.Rule == Adam:
		f32.AdamAVX2(n, w0, g0, &m.Mean[0], &m.Square[0], s.Momentum, s.momentumRate, s.Decay, s.decayRate, s.unbias, s.Rate, s.Epsilon)
	}
}

package descent

import (
	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
)

// Update takes a step on the parameters w with the gradient grad. Both and the moments
// of the rule are of one length.
func Update(i isa.ISA, c Constants, w, grad []float32, m Moments) {
	for lo := 0; lo < len(w); lo += isa.CallElements {
		hi := min(lo+isa.CallElements, len(w))
		part := m
		if lo > 0 || hi < len(w) {
			part = m.Slice(lo, hi)
		}
		if !update(i, &c, w[lo:hi], grad[lo:hi], part) {
			define(&c, w[lo:hi], grad[lo:hi], part)
		}
	}
}

// update runs the assembly, if there is any.
func update(i isa.ISA, c *Constants, w, grad []float32, m Moments) bool {
	switch c.Rule {
	case RMSProp:
		return rmsProp(i, len(w), &w[0], &grad[0], &m.Mean[0], &m.Square[0], &m.Velocity[0], c.Decay, c.decayRate, c.Momentum, c.Rate, c.Epsilon)
	case SGD:
		return momentum(i, len(w), &w[0], &grad[0], &m.Velocity[0], c.Momentum, c.Rate)
	case Adam:
		return adam(i, len(w), &w[0], &grad[0], &m.Mean[0], &m.Square[0], c.Momentum, c.momentumRate, c.Decay, c.decayRate, c.unbias, c.Rate, c.Epsilon)
	default:
		return false
	}
}

// define defines the update rules.
func define(c *Constants, w, grad []float32, m Moments) {
	switch c.Rule {
	case RMSProp:
		for i, g := range grad {
			mean := f32.FMA(c.Decay, m.Mean[i], float32(c.decayRate*g))
			square := f32.FMA(c.Decay, m.Square[i], float32(c.decayRate*float32(g*g)))
			variance := f32.Max(f32.FMA(-mean, mean, square), 0)
			velocity := float32(c.Momentum*m.Velocity[i]) - float32(c.Rate*g)/f32.Sqrt(variance+c.Epsilon)
			m.Mean[i], m.Square[i], m.Velocity[i] = mean, square, velocity
			w[i] += velocity
		}
	case SGD:
		for i, g := range grad {
			velocity := float32(c.Momentum*m.Velocity[i]) - float32(c.Rate*g)
			m.Velocity[i] = velocity
			w[i] += velocity
		}
	case Adam:
		for i, g := range grad {
			mean := f32.FMA(c.Momentum, m.Mean[i], float32(c.momentumRate*g))
			square := f32.FMA(c.Decay, m.Square[i], float32(c.decayRate*float32(g*g)))
			m.Mean[i], m.Square[i] = mean, square
			w[i] -= float32(c.Rate*mean) / (f32.Sqrt(float32(square*c.unbias)) + c.Epsilon)
		}
	}
}

// Package descent takes the optimisers' steps.
package descent

import "github.com/targetprop/targetprop/internal/view"

// Rule is an optimiser's update rule.
type Rule uint8

// The rules, for a parameter w with gradient g.
const (
	// RMSProp is centred RMSProp with momentum (Graves 2013, Eqs. 38-45):
	//
	//	mean     = Decay*mean   + (1-Decay)*g
	//	square   = Decay*square + (1-Decay)*g^2
	//	velocity = Momentum*velocity - Rate*g / sqrt(square - mean^2 + Epsilon)
	//	w       += velocity
	RMSProp Rule = iota
	// SGD is stochastic gradient descent with momentum:
	//
	//	velocity = Momentum*velocity - Rate*g
	//	w       += velocity
	SGD
	// Adam (Kingma and Ba 2015, Algorithm 1), at its step t = 1, 2, ...:
	//
	//	mean   = Momentum*mean + (1-Momentum)*g
	//	square = Decay*square  + (1-Decay)*g^2
	//	w     -= Rate/(1-Momentum^t) * mean / (sqrt(square/(1-Decay^t)) + Epsilon)
	Adam

	Rules = iota // how many there are
)

// Optimizer is a rule with its settings.
type Optimizer struct {
	Rule     Rule
	Rate     float32 // learning rate
	Momentum float32 // Adam: beta 1
	Decay    float32 // RMSProp; Adam: beta 2
	Epsilon  float32
}

// Constants are what an optimiser's step multiplies by.
type Constants struct {
	Optimizer
	momentumRate, decayRate float32 // 1 - Momentum, 1 - Decay
	unbias                  float32 // Adam: 1/(1 - Decay^t); its Rate is Rate/(1 - Momentum^t)
}

// At are the constants of step number t, from 1.
func (o Optimizer) At(t int) Constants {
	c := Constants{Optimizer: o, momentumRate: 1 - o.Momentum, decayRate: 1 - o.Decay}
	if o.Rule == Adam {
		c.Rate = float32(float64(o.Rate) / (1 - power(float64(o.Momentum), t)))
		c.unbias = float32(1 / (1 - power(float64(o.Decay), t)))
	}
	return c
}

// power is x^t by repeated squaring: math.Pow differs between architectures.
func power(x float64, t int) float64 {
	p := 1.0
	for ; t > 0; t >>= 1 {
		if t&1 == 1 {
			p = float64(p * x)
		}
		x = float64(x * x)
	}
	return p
}

// Moments are what a rule remembers of a parameter array, each of its length. A rule
// uses only those it names and leaves the others nil.
type Moments struct {
	Mean, Square, Velocity []float32
}

// NewMoments returns the zero moments of n parameters.
func (o Optimizer) NewMoments(n int) Moments {
	switch o.Rule {
	case RMSProp:
		return Moments{Mean: view.Aligned[float32](n), Square: view.Aligned[float32](n), Velocity: view.Aligned[float32](n)}
	case SGD:
		return Moments{Velocity: view.Aligned[float32](n)}
	default:
		return Moments{Mean: view.Aligned[float32](n), Square: view.Aligned[float32](n)}
	}
}

// Slice is the part of the moments from lo to hi-1.
func (m Moments) Slice(lo, hi int) Moments {
	cut := func(x []float32) []float32 {
		if x == nil {
			return nil
		}
		return x[lo:hi]
	}
	return Moments{Mean: cut(m.Mean), Square: cut(m.Square), Velocity: cut(m.Velocity)}
}

package kernels

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

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
)

var ruleNames = [...]string{RMSProp: "rmsprop", SGD: "sgd", Adam: "adam"}

// String is the name that [ParseRule] reads.
func (r Rule) String() string {
	if int(r) < len(ruleNames) {
		return ruleNames[r]
	}
	return fmt.Sprintf("Rule(%d)", uint8(r))
}

// ParseRule reads the name of a rule.
func ParseRule(name string) (Rule, error) {
	if i := slices.Index(ruleNames[:], strings.ToLower(name)); i >= 0 {
		return Rule(i), nil
	}
	return 0, fmt.Errorf("kernels: unknown optimiser %q: want one of %s", name, strings.Join(ruleNames[:], ", "))
}

// MarshalText writes the name.
func (r Rule) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the name.
func (r *Rule) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRule(string(text))
	return err
}

// Optimizer is a rule with its settings.
type Optimizer struct {
	Rule     Rule
	Rate     float32 // learning rate
	Momentum float32 // Adam: beta 1
	Decay    float32 // RMSProp; Adam: beta 2
	Epsilon  float32
}

// Moments are what a rule remembers of a parameter array, each of its length.
// A rule uses only those it names and leaves the others nil.
type Moments struct {
	Mean, Square, Velocity []float32
}

// NewMoments returns the zero moments of n parameters.
func (o Optimizer) NewMoments(n int) Moments {
	switch o.Rule {
	case RMSProp:
		return Moments{Mean: alignedFloats(n), Square: alignedFloats(n), Velocity: alignedFloats(n)}
	case SGD:
		return Moments{Velocity: alignedFloats(n)}
	default:
		return Moments{Mean: alignedFloats(n), Square: alignedFloats(n)}
	}
}

// slice is the part of the moments from lo to hi-1.
func (m Moments) slice(lo, hi int) Moments {
	cut := func(x []float32) []float32 {
		if x == nil {
			return nil
		}
		return x[lo:hi]
	}
	return Moments{Mean: cut(m.Mean), Square: cut(m.Square), Velocity: cut(m.Velocity)}
}

// check panics unless m holds n of each moment of the rule.
func (o Optimizer) check(n int, m Moments) {
	short := func(x []float32) bool { return len(x) < n }
	needMean, needVelocity := o.Rule != SGD, o.Rule != Adam
	if needMean && (short(m.Mean) || short(m.Square)) || needVelocity && short(m.Velocity) {
		panic(fmt.Sprintf("kernels: the moments are too short for %d parameters under %v", n, o.Rule))
	}
}

// Update takes step number t (from 1) of the optimiser on the parameters w with
// the gradient grad, both of one length.
func (e *Engine) Update(o Optimizer, t int, w, grad []float32, m Moments) {
	if len(w) != len(grad) {
		panic(fmt.Sprintf("kernels: %d parameters and %d gradients", len(w), len(grad)))
	}
	o.check(len(w), m)
	s := o.at(t)
	if e.pool == nil || len(w) < parallelLength {
		updateRange(e.isa, s, w, grad, m, 0, len(w))
		return
	}
	e.Split(len(w), func(lo, hi int) { updateRange(e.isa, s, w, grad, m, lo, hi) })
}

func updateRange(isa ISA, s step, w, grad []float32, m Moments, lo, hi int) {
	for ; lo < hi; lo += maxCall {
		end := min(lo+maxCall, hi)
		update(isa, s, w[lo:end], grad[lo:end], m.slice(lo, end))
	}
}

// step is an Optimizer's constants at one step.
type step struct {
	Optimizer
	momentumRate, decayRate float32 // 1 - Momentum, 1 - Decay
	unbias                  float32 // Adam: 1/(1 - Decay^t); its Rate is Rate/(1 - Momentum^t)
}

func (o Optimizer) at(t int) step {
	s := step{Optimizer: o, momentumRate: 1 - o.Momentum, decayRate: 1 - o.Decay}
	if o.Rule == Adam {
		s.Rate = float32(float64(o.Rate) / (1 - power(float64(o.Momentum), t)))
		s.unbias = float32(1 / (1 - power(float64(o.Decay), t)))
	}
	return s
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

// updateGeneric defines the update rules.
func updateGeneric(s step, w, grad []float32, m Moments) {
	switch s.Rule {
	case RMSProp:
		for i, g := range grad {
			mean := fma32(s.Decay, m.Mean[i], s.decayRate*g)
			square := fma32(s.Decay, m.Square[i], s.decayRate*float32(g*g))
			variance := max32(fma32(-mean, mean, square), 0)
			velocity := float32(s.Momentum*m.Velocity[i]) - float32(s.Rate*g)/sqrt32(variance+s.Epsilon)
			m.Mean[i], m.Square[i], m.Velocity[i] = mean, square, velocity
			w[i] += velocity
		}
	case SGD:
		for i, g := range grad {
			velocity := float32(s.Momentum*m.Velocity[i]) - float32(s.Rate*g)
			m.Velocity[i] = velocity
			w[i] += velocity
		}
	case Adam:
		for i, g := range grad {
			mean := fma32(s.Momentum, m.Mean[i], s.momentumRate*g)
			square := fma32(s.Decay, m.Square[i], s.decayRate*float32(g*g))
			m.Mean[i], m.Square[i] = mean, square
			w[i] -= float32(s.Rate*mean) / (sqrt32(float32(square*s.unbias)) + s.Epsilon)
		}
	}
}

// Validate says which setting is unusable, if any is.
func (o Optimizer) Validate() error {
	switch {
	case int(o.Rule) >= len(ruleNames):
		return fmt.Errorf("kernels: unknown optimiser %v", o.Rule)
	case !(o.Rate > 0 && o.Rate <= math.MaxFloat32):
		return fmt.Errorf("kernels: learning rate %v: want a positive number", o.Rate)
	case !(o.Momentum >= 0 && o.Momentum < 1):
		return fmt.Errorf("kernels: momentum %v: want 0 or more, less than 1", o.Momentum)
	case o.Rule != SGD && !(o.Decay >= 0 && o.Decay < 1):
		return fmt.Errorf("kernels: decay %v: want 0 or more, less than 1", o.Decay)
	case o.Rule != SGD && !(o.Epsilon > 0 && o.Epsilon <= math.MaxFloat32):
		return fmt.Errorf("kernels: epsilon %v: want a positive number", o.Epsilon)
	}
	return nil
}

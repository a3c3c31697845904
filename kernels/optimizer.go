package kernels

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/enum"
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/descent"
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
	RMSProp Rule = Rule(descent.RMSProp)
	// SGD is stochastic gradient descent with momentum:
	//
	//	velocity = Momentum*velocity - Rate*g
	//	w       += velocity
	SGD Rule = Rule(descent.SGD)
	// Adam (Kingma and Ba 2015, Algorithm 1), at its step t = 1, 2, ...:
	//
	//	mean   = Momentum*mean + (1-Momentum)*g
	//	square = Decay*square  + (1-Decay)*g^2
	//	w     -= Rate/(1-Momentum^t) * mean / (sqrt(square/(1-Decay^t)) + Epsilon)
	Adam Rule = Rule(descent.Adam)
)

var rules = enum.Names[Rule]{Package: "kernels", Type: "Rule", Kind: "optimiser", Names: []string{
	RMSProp: "rmsprop", SGD: "sgd", Adam: "adam",
}}

// String is the name that [ParseRule] reads.
func (r Rule) String() string { return rules.String(r) }

// ParseRule reads the name of a rule.
func ParseRule(name string) (Rule, error) { return rules.Parse(name) }

// MarshalText writes the name.
func (r Rule) MarshalText() ([]byte, error) { return rules.MarshalText(r) }

// UnmarshalText reads the name.
func (r *Rule) UnmarshalText(text []byte) error { return rules.UnmarshalText(r, text) }

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

// NewMoments returns the zero moments of n parameters, those that the rule uses.
func (o Optimizer) NewMoments(n int) Moments {
	checkNew[float32]("NewMoments", 1, n)
	if !rules.Valid(o.Rule) {
		panic(fmt.Sprintf("kernels: NewMoments of the unknown optimiser %v", o.Rule))
	}
	return Moments(o.descent().NewMoments(n))
}

// descent is the optimiser as package descent has it.
func (o Optimizer) descent() descent.Optimizer {
	return descent.Optimizer{Rule: descent.Rule(o.Rule), Rate: o.Rate, Momentum: o.Momentum, Decay: o.Decay, Epsilon: o.Epsilon}
}

// check panics unless the settings are usable, a step has the number t, and m holds n of each
// moment of the rule. One that the rule does not use is nil or as long.
func (o Optimizer) check(n, t int, m Moments) {
	if err := o.Validate(); err != nil {
		panic(err.Error())
	}
	if t < 1 {
		panic(fmt.Sprintf("kernels: step %d of an optimiser: the first is 1", t))
	}
	short := func(x []float32, needed bool) bool { return len(x) < n && (needed || x != nil) }
	needMean, needVelocity := o.Rule != SGD, o.Rule != Adam
	if short(m.Mean, needMean) || short(m.Square, needMean) || short(m.Velocity, needVelocity) {
		panic(fmt.Sprintf("kernels: the moments are too short for %d parameters under %v", n, o.Rule))
	}
}

// checkApart panics if one of the moments overlaps another, the parameters or one of the others.
func (m Moments) checkApart(parameters operand, others ...operand) {
	mean, square, velocity := sliceOf(m.Mean, "a moment, the mean,"), sliceOf(m.Square, "a moment, the square,"), sliceOf(m.Velocity, "a moment, the velocity,")
	for _, moment := range [...]operand{mean, square, velocity} {
		moment.checkApart(parameters)
		moment.checkApart(others...)
	}
	mean.checkApart(square, velocity)
	square.checkApart(velocity)
}

// Update takes step number t, from 1, of the optimiser on the parameters w and the
// moments m, in place. grad is the gradient, as long as w.
func (e *Engine) Update(o Optimizer, t int, w, grad []float32, m Moments) {
	e.checkNil()
	if len(w) != len(grad) {
		panic(fmt.Sprintf("kernels: %d parameters and %d gradients", len(w), len(grad)))
	}
	o.check(len(w), t, m)
	parameters := sliceOf(w, "the memory of the parameters")
	parameters.checkApart(sliceOf(grad, "the gradients"))
	m.checkApart(parameters, sliceOf(grad, "the gradients"))
	c, all := o.descent().At(t), descent.Moments(m)
	if !plan.DividesElements(e.Threads(), len(w)) {
		descent.Update(e.isa, c, w, grad, all)
		return
	}
	e.updateParallel(c, w, grad, all)
}

// updateParallel divides the parameters. It is a function of its own because what threads
// share is allocated, and an update on one thread allocates nothing.
func (e *Engine) updateParallel(c descent.Constants, w, grad []float32, m descent.Moments) {
	e.Split(len(w), func(lo, hi int) { descent.Update(e.isa, c, w[lo:hi], grad[lo:hi], m.Slice(lo, hi)) })
}

// Validate says which setting is unusable, if any is.
func (o Optimizer) Validate() error {
	switch {
	case !rules.Valid(o.Rule):
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

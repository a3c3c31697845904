package reward

import (
	"fmt"
	"math/bits"
	"math/rand/v2"

	"github.com/targetprop/targetprop/internal/enum"
	"github.com/targetprop/targetprop/kernels"
)

// Kind is a way to choose by predicted rewards.
type Kind uint8

// The kinds.
const (
	// EpsilonGreedy takes the action of the largest prediction, the first of equal
	// ones; with chance Epsilon any action, all equally likely.
	EpsilonGreedy Kind = iota
	// Softmax takes action a with a chance proportional to
	// exp(prediction of a / Temperature).
	Softmax
)

var kinds = enum.Names[Kind]{Package: "reward", Type: "Kind", Kind: "policy", Names: []string{
	EpsilonGreedy: "epsilon-greedy", Softmax: "softmax",
}}

// String is the name that [ParseKind] reads.
func (k Kind) String() string { return kinds.String(k) }

// ParseKind reads the name of a kind.
func ParseKind(name string) (Kind, error) { return kinds.Parse(name) }

// MarshalText writes the name.
func (k Kind) MarshalText() ([]byte, error) { return kinds.MarshalText(k) }

// UnmarshalText reads the name.
func (k *Kind) UnmarshalText(text []byte) error { return kinds.UnmarshalText(k, text) }

// Policy chooses actions by their predicted rewards.
type Policy struct {
	Kind        Kind
	Epsilon     float64 // of EpsilonGreedy
	Temperature float32 // of Softmax, in the unit of the rewards
}

// Random is the policy that every action is equally likely for.
func Random() Policy { return Policy{Kind: EpsilonGreedy, Epsilon: 1} }

// Validate says what is wrong with the policy, if anything is.
func (p Policy) Validate() error {
	switch {
	case !kinds.Valid(p.Kind):
		return fmt.Errorf("reward: unknown policy %v", p.Kind)
	case p.Kind == EpsilonGreedy && !(p.Epsilon >= 0 && p.Epsilon <= 1):
		return fmt.Errorf("reward: an epsilon of %v: want 0 to 1", p.Epsilon)
	case p.Kind == Softmax && !(p.Temperature >= 1e-6 && p.Temperature <= 1e6):
		return fmt.Errorf("reward: a temperature of %v: want 0.000001 to 1,000,000", p.Temperature)
	}
	return nil
}

// Choose takes an action by the predicted rewards and two numbers of the generator.
// scratch, as long as predicted, loses its contents. There is one action at least.
func (p Policy) Choose(e *kernels.Engine, predicted, scratch []float32, generator *rand.PCG) int {
	if len(predicted) == 0 || len(scratch) != len(predicted) {
		panic(fmt.Sprintf("reward: a choice by %d predictions with a scratch of %d: want as many, and one at least", len(predicted), len(scratch)))
	}
	unit, action := Unit(generator), generator.Uint64()
	if p.Kind == Softmax {
		return p.draw(e, predicted, scratch, unit)
	}
	if unit < p.Epsilon {
		any, _ := bits.Mul64(action, uint64(len(predicted)))
		return int(any)
	}
	return Best(predicted)
}

// draw takes action a with a chance proportional to exp(predicted[a] / Temperature).
func (p Policy) draw(e *kernels.Engine, predicted, scratch []float32, unit float64) int {
	largest := predicted[Best(predicted)]
	for a, v := range predicted {
		scratch[a] = (v - largest) / p.Temperature
	}
	e.Exp(scratch, scratch)
	var total float64
	for _, chance := range scratch {
		total += float64(chance)
	}
	left := float64(unit * total)
	for a, chance := range scratch {
		if left -= float64(chance); left < 0 {
			return a
		}
	}
	return Best(predicted)
}

// Best is the action of the largest prediction, the first of equal ones; 0 if there is none, or the
// first is NaN.
func Best(predicted []float32) int {
	best := 0
	for a, v := range predicted {
		if v > predicted[best] {
			best = a
		}
	}
	return best
}

// Unit draws a uniform number from 0 to 1, without 1.
func Unit(generator *rand.PCG) float64 {
	if generator == nil {
		panic("reward: the generator of random numbers is nil")
	}
	return float64(generator.Uint64()>>11) * 0x1p-53
}

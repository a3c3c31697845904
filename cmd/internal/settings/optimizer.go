package settings

import (
	"fmt"
	"strconv"

	"github.com/targetprop/targetprop/kernels"
)

// The rates of other optimisers than RMSProp, for generative models. docs/data.md has the
// trials.
const (
	// sgdStep is the rate of SGD times the units of the first hidden layer, whose squares
	// are most of what a step grows with. At three times that training diverges.
	sgdStep = 0.3
	// deepSGDStep is that of three or more latent layers, which learn bigger values: with
	// sgdStep 60, 40 and 20 units diverge within an epoch of the built-in digits.
	deepSGDStep = 0.06
	// adamStep is the rate of Adam, of that of RMSProp. Momentum makes steps of RMSProp
	// that go on in one direction ten times as long as its rate says; those of Adam are as
	// long as they say.
	adamStep = 20
	// adamEpsilon is the root of what RMSProp adds to the mean square. With the usual 1e-8
	// all weights move as far, also where the gradient is next to nothing, and the top layer
	// saturates.
	adamEpsilon = 0.01
)

// adapt sets what depends on the optimiser that was given, for a network of latent layers.
func adapt(o *kernels.Optimizer, given Given, latent Layers) {
	text, _ := given.Value("optimizer")
	rule, err := kernels.ParseRule(text)
	if err != nil {
		return
	}
	switch rule {
	case kernels.SGD:
		o.Rate = sgdRate(latent)
	case kernels.Adam:
		o.Rate *= adamStep
		o.Epsilon = adamEpsilon
	}
}

// optimizers are those that a task has in place of its own.
type optimizers []kernels.Optimizer

// take has o be the one of the rule that was given, if it is not o's own.
func (all optimizers) take(o *kernels.Optimizer, given Given) {
	text, _ := given.Value("optimizer")
	for _, other := range all {
		if other.Rule.String() == text && other.Rule != o.Rule {
			*o = other
		}
	}
}

// The optimisers of the tasks that learn from labels, beside Adam, which is theirs. Of the
// rates that were tried, a factor of about three apart, they are the best; for rewards the
// best that both dtp and backprop learn with. docs/labels.md has the trials.
var (
	labelOptimizers    = optimizers{rmsProp(1e-3), sgd(0.03)}
	classifyOptimizers = optimizers{rmsProp(1e-3), sgd(0.1)}
	rewardOptimizers   = optimizers{rmsProp(3e-4), sgd(0.03)}
)

// rmsProp has what generative models have beside the rate.
func rmsProp(rate float32) kernels.Optimizer {
	return kernels.Optimizer{Rule: kernels.RMSProp, Rate: rate, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}
}

// sgd has the usual momentum. It has no decay and no epsilon; a flag shows those of Adam.
func sgd(rate float32) kernels.Optimizer {
	return kernels.Optimizer{Rule: kernels.SGD, Rate: rate, Momentum: 0.9, Decay: 0.999, Epsilon: 1e-8}
}

// stepSGD is the rate of SGD times the units of the first hidden layer.
func stepSGD(latent Layers) float64 {
	if len(latent) > 2 {
		return deepSGDStep
	}
	return sgdStep
}

// sgdRate is the rate of SGD for a network of latent layers.
func sgdRate(latent Layers) float32 {
	return rounded(stepSGD(latent)/float64(max(latent[0], 1)), 1)
}

// whyRate says why the rate of another optimiser than the default is what it is.
func whyRate(rule kernels.Rule, latent Layers) string {
	switch rule {
	case kernels.SGD:
		return fmt.Sprintf("of sgd, %g over the %d units of the first hidden layer: their squares are what a step grows with", stepSGD(latent), latent[0])
	case kernels.Adam:
		return fmt.Sprintf("of adam, %d times that of rmsprop, whose momentum makes its steps longer than its rate says", adamStep)
	}
	return ""
}

// whyTried says so for the tasks that learn from labels.
func whyTried(s Settings) string {
	rule := Value(s, "optimizer")
	if rule == kernels.Adam.String() {
		return ""
	}
	return "of " + rule + ", the best that was tried on the built-in digits"
}

// rounded is x with so many digits.
func rounded(x float64, digits int) float32 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', digits-1, 64), 32)
	if err != nil {
		return float32(x)
	}
	return float32(r)
}

package reward

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// frequencies are how often each action is chosen.
func frequencies(p Policy, predicted []float32) []float64 {
	const n = 20_000
	scratch, share := make([]float32, len(predicted)), make([]float64, len(predicted))
	for i := range uint64(n) {
		share[p.Choose(kernels.Default(), predicted, scratch, rand.NewPCG(7, i))] += 1.0 / n
	}
	return share
}

// TestChoices compares frequencies with probabilities in float64: 20,000 choices have
// standard errors of at most 0.0035.
func TestChoices(t *testing.T) {
	predicted := []float32{0.2, -0.5, 0.9, 0.9, 0.4}
	softmax := func(temperature float64) []float64 {
		var chances []float64
		total := 0.0
		for _, v := range predicted {
			chances = append(chances, math.Exp(float64(v)/temperature))
			total += chances[len(chances)-1]
		}
		for a := range chances {
			chances[a] /= total
		}
		return chances
	}
	for name, c := range map[string]struct {
		policy Policy
		want   []float64
	}{
		"greedy":      {Policy{Kind: EpsilonGreedy}, []float64{0, 0, 1, 0, 0}},
		"some random": {Policy{Kind: EpsilonGreedy, Epsilon: 0.5}, []float64{0.1, 0.1, 0.6, 0.1, 0.1}},
		"random":      {Random(), []float64{0.2, 0.2, 0.2, 0.2, 0.2}},
		"warm":        {Policy{Kind: Softmax, Temperature: 0.5}, softmax(0.5)},
		"hot":         {Policy{Kind: Softmax, Temperature: 5}, softmax(5)},
		"cold":        {Policy{Kind: Softmax, Temperature: 1e-6}, []float64{0, 0, 0.5, 0.5, 0}},
	} {
		if err := c.policy.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for a, got := range frequencies(c.policy, predicted) {
			if math.Abs(got-c.want[a]) > 0.015 {
				t.Errorf("%s: action %d in %v of the choices, want %v", name, a, got, c.want[a])
			}
		}
	}
}

func TestBadPolicies(t *testing.T) {
	nan := math.NaN()
	for want, p := range map[string]Policy{
		"unknown policy":       {Kind: 9},
		"an epsilon of -1":     {Epsilon: -1},
		"an epsilon of NaN":    {Epsilon: nan},
		"an epsilon of 2":      {Epsilon: 2},
		"a temperature of 0":   {Kind: Softmax},
		"a temperature of NaN": {Kind: Softmax, Temperature: float32(nan)},
	} {
		if err := p.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
	for _, k := range []Kind{EpsilonGreedy, Softmax} {
		if got, err := ParseKind(k.String()); err != nil || got != k {
			t.Errorf("%v is read as %v, %v", k, got, err)
		}
	}
}

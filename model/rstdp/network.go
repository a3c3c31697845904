package rstdp

import (
	"math"

	"github.com/targetprop/targetprop/model/internal/random"
)

// The conversions in this file keep compilers from fusing the products, so that
// all architectures agree.

// network is two output neurons and their synapses.
type network struct {
	Settings
	weights  [][outputs]float64 // by input, mV
	expected []float64          // reward, by pattern
	// trace is the eligibility of each synapse when the reward comes, mV/ms.
	trace [][outputs]float64
	// kept is what is left then of a contribution to it, by step.
	kept []float64
}

func newNetwork(s Settings, seed uint64) *network {
	n := &network{Settings: s,
		weights:  make([][outputs]float64, s.Inputs),
		expected: make([]float64, s.Patterns),
		trace:    make([][outputs]float64, s.Inputs),
		kept:     make([]float64, s.steps()),
	}
	uniform := random.Row(seed, random.RewardWeights, 0)
	for i := range n.weights {
		for j := range outputs {
			n.weights[i][j] = float64(s.MaxWeight * uniform.Float64())
		}
	}
	left := 1.0
	for range s.delay() {
		left -= float64(left * s.Step / s.Trace)
	}
	for k := len(n.kept) - 1; k >= 0; k-- {
		n.kept[k] = left
		left -= float64(left * s.Step / s.Trace)
	}
	return n
}

// run runs a trial, which begins at rest and with no synapse eligible, and returns
// the network's choice. It leaves the eligibility in n.trace.
func (n *network) run(t *trial) (choice int) {
	clear(n.trace)
	jitter := n.Noise * math.Sqrt(n.Step)
	v := [outputs]float64{n.Rest, n.Rest}
	before := v
	var spikes [outputs]int
	var silent [outputs]float64 // until then, ms
	for k, fired := range t.fired {
		var after, change [outputs]float64
		for j := range outputs {
			after[j] = v[j] + float64(n.Step*(t.slope[j]-(v[j]-n.Rest)/n.Leak)) + float64(jitter*float64(t.noise[outputs*k+j]))
		}
		for _, i := range fired {
			for j := range outputs {
				after[j] += n.weights[i][j]
			}
		}
		time := float64(float64(k) * n.Step)
		for j := range outputs {
			if after[j] >= n.Threshold && time >= silent[j] {
				spikes[j]++
				silent[j] = time + n.Pause
			}
			change[j] = n.kept[k] * ((after[j] - before[j]) / (2 * n.Step))
		}
		for _, i := range fired {
			for j := range outputs {
				n.trace[i][j] += change[j]
			}
		}
		before, v = v, after
	}
	switch {
	case spikes[0] > spikes[1]:
		return 0
	case spikes[0] < spikes[1]:
		return 1
	}
	return t.coin
}

// learn is the third factor: eligible synapses change by what the reward of the
// pattern is above its expectation.
func (n *network) learn(pattern int, reward float64) {
	surprise := reward - n.expected[pattern]
	n.expected[pattern] += float64(n.Baseline * surprise)
	for i := range n.weights {
		for j := range outputs {
			w := n.weights[i][j] + float64(float64(n.Rate*surprise)*n.trace[i][j])
			n.weights[i][j] = min(max(w, 0), n.MaxWeight)
		}
	}
}

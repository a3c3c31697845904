package model

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// tinyNetworks have 1 to 5 latent layers and parameters that are all random,
// biases and the prior included.
func tinyNetworks(t *testing.T, e *kernels.Engine) []*Network {
	var all []*Network
	for _, sizes := range [][]int{{7, 5}, {6, 5, 3}, {6, 5, 4, 3}, {4, 6, 3, 5, 2}, {5, 4, 4, 3, 3, 2}} {
		config := DefaultConfig(sizes...)
		if len(sizes) == 4 {
			config.Encoders[1], config.Decoders[0] = kernels.Tanh, kernels.Identity
		}
		n, err := New(config, 3, e)
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(11, uint64(len(sizes))))
		for _, m := range n.Maps() {
			for j := range m.Outputs() {
				for i := range m.Weights.Rows {
					m.Weights.Data[m.Weights.Index(i, j)] += float32(0.5 * rng.NormFloat64())
				}
			}
		}
		for range sizes[len(sizes)-1] {
			n.Prior.Mean = append(n.Prior.Mean, float32(rng.NormFloat64()))
			n.Prior.Std = append(n.Prior.Std, 0.5+rng.Float32())
		}
		all = append(all, n)
	}
	return all
}

// randomStates are states as they might be in the middle of an E-step.
func randomStates(n *Network, b int) *States {
	s := n.NewStates(b)
	rng := rand.New(rand.NewPCG(5, 6))
	for _, h := range s.H {
		for i := range h.Rows {
			for j := range h.Row(i) {
				h.Row(i)[j] = rng.Float32()
			}
		}
	}
	return s
}

// example is the states of one example in float64.
func example(s *States, i int) [][]float64 {
	var h [][]float64
	for _, m := range s.H {
		h = append(h, wide(m.Row(i)))
	}
	return h
}

// slowModel is a network in float64.
type slowModel struct {
	f, g      []slowMap
	mean, std []float64
}

func slowNetwork(n *Network) *slowModel {
	m := &slowModel{mean: wide(n.Prior.Mean), std: wide(n.Prior.Std)}
	for l := range n.Encoders {
		m.f, m.g = append(m.f, slow(n.Encoders[l])), append(m.g, slow(n.Decoders[l]))
	}
	return m
}

func slowLogGaussian(x, mean []float64) (total float64) {
	for j := range x {
		total -= (x[j] - mean[j]) * (x[j] - mean[j]) / 2
	}
	return total
}

func (m *slowModel) terms(h [][]float64, withPrior bool) Terms {
	var t Terms
	for l := range m.f {
		t.P = append(t.P, slowLogGaussian(h[l], m.g[l].apply(h[l+1])))
		t.Q = append(t.Q, slowLogGaussian(h[l+1], m.f[l].apply(h[l])))
	}
	if withPrior {
		for j, v := range h[len(h)-1] {
			z := (v - m.mean[j]) / m.std[j]
			t.Prior -= z*z/2 + math.Log(m.std[j])
		}
	}
	return t
}

func (m *slowModel) objective(h [][]float64, alpha float64, withPrior bool) float64 {
	var j float64
	t := m.terms(h, withPrior)
	for l := range t.P {
		j += t.P[l] + alpha*t.Q[l]
	}
	return j + t.Prior
}

// slope is the derivative of f by *x, numerically.
func slope(x *float64, f func() float64) float64 {
	const step = 1e-5
	old := *x
	*x = old + step
	high := f()
	*x = old - step
	low := f()
	*x = old
	return (high - low) / (2 * step)
}

func TestObjectiveHasAllTerms(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	for _, n := range tinyNetworks(t, e) {
		s := randomStates(n, 5)
		for _, withPrior := range []bool{false, true} {
			each, err := n.Objective(e, s, withPrior)
			if err != nil {
				t.Fatal(err)
			}
			for i, got := range each {
				h := example(s, i)
				want := slowNetwork(n).terms(h, withPrior)
				ok := near(got.Prior, want.Prior, 1e-6) && len(got.P) == len(want.P) && len(got.Q) == len(want.Q)
				for l := range want.P {
					ok = ok && near(got.P[l], want.P[l], 1e-6) && near(got.Q[l], want.Q[l], 1e-6)
				}
				if !ok {
					t.Fatalf("sizes %v, example %d: terms %+v, want %+v", n.Config.Sizes, i, got, want)
				}
				if j := slowNetwork(n).objective(h, 0.25, withPrior); !near(got.J(0.25), j, 1e-6) {
					t.Fatalf("sizes %v, example %d: J is %v, want %v", n.Config.Sizes, i, got.J(0.25), j)
				}
			}
		}
	}
	n := newNetwork(t, e, 4, 3)
	if _, err := n.Objective(e, n.NewStates(1), true); !errors.Is(err, ErrNoPrior) {
		t.Errorf("error %v without a prior, want ErrNoPrior", err)
	}
}

package variational

import (
	"errors"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// slowTerms are the terms of J by m.
func slowTerms(m *modeltest.SlowNetwork, h [][]float64, withPrior bool) Terms {
	t := Terms{P: m.LogP(h), Q: m.LogQ(h)}
	if withPrior {
		t.Prior = m.LogPrior(h)
	}
	return t
}

// slowObjective is J by m.
func slowObjective(m *modeltest.SlowNetwork, h [][]float64, alpha float64, withPrior bool) float64 {
	var j float64
	t := slowTerms(m, h, withPrior)
	for l := range t.P {
		j += t.P[l] + alpha*t.Q[l]
	}
	return j + t.Prior
}

func TestObjectiveHasAllTerms(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, n := range modeltest.TinyNetworks(t, e) {
		s := modeltest.RandomStates(n, 5)
		for _, withPrior := range []bool{false, true} {
			each, err := Objective(e, n, s, withPrior)
			if err != nil {
				t.Fatal(err)
			}
			for i, got := range each {
				h := modeltest.Example(s, i)
				want := slowTerms(modeltest.NewSlowNetwork(n), h, withPrior)
				ok := modeltest.Near(got.Prior, want.Prior, 1e-6) && len(got.P) == len(want.P) && len(got.Q) == len(want.Q)
				for l := range want.P {
					ok = ok && modeltest.Near(got.P[l], want.P[l], 1e-6) && modeltest.Near(got.Q[l], want.Q[l], 1e-6)
				}
				if !ok {
					t.Fatalf("sizes %v, example %d: terms %+v, want %+v", n.Config.Sizes, i, got, want)
				}
				if j := slowObjective(modeltest.NewSlowNetwork(n), h, 0.25, withPrior); !modeltest.Near(got.J(0.25), j, 1e-6) {
					t.Fatalf("sizes %v, example %d: J is %v, want %v", n.Config.Sizes, i, got.J(0.25), j)
				}
			}
		}
	}
	n := modeltest.Network(t, e, 4, 3)
	if _, err := Objective(e, n, n.NewStates(1), true); !errors.Is(err, model.ErrNoPrior) {
		t.Errorf("error %v without a prior, want model.ErrNoPrior", err)
	}
}

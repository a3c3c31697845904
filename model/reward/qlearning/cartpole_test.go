package qlearning

import (
	"os"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/reward"
	"github.com/targetprop/targetprop/model/reward/cartpole"
)

func cartPole(t *testing.T, e *kernels.Engine, rule credit.Rule, seed uint64) *Agent {
	t.Helper()
	s := DefaultSettings(rule)
	s.Seed = seed
	n, err := feedforward.New(DefaultConfig(4, 2), seed, e)
	if err != nil {
		t.Fatal(err)
	}
	a, err := NewAgent(n, &cartpole.CartPole{}, s, e)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestCartPole: with difference targets an agent soon earns far more than at random. With
// TARGETPROP_EXHAUSTIVE=1, at least 8 of 10 solve the task within 1,000 episodes.
func TestCartPole(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute of plain Go, for the same bits")
	}
	e := modeltest.Engine(t, kernels.AVX512, 1)
	if os.Getenv("TARGETPROP_EXHAUSTIVE") != "1" {
		a := cartPole(t, e, credit.DifferenceTargets, 2)
		floor, err := Evaluate(t.Context(), e, a.Network, &cartpole.CartPole{}, reward.Random(), 1, 200, cartpole.Limit)
		if err != nil {
			t.Fatal(err)
		}
		mean := 0.0
		for _, r := range floor {
			mean += r / 200
		}
		episodes(t, a, 70)
		if got := a.Recent(10); got < 4*mean || mean > 30 {
			t.Errorf("returns of %v, at random %v", got, mean)
		}
		return
	}
	solved := 0
	for seed := range uint64(10) {
		a := cartPole(t, e, credit.DifferenceTargets, 1+seed)
		for len(a.Returns) < 1000 && a.Recent(100) < cartpole.Solved {
			episodes(t, a, 1)
		}
		t.Logf("seed %d: %v over the last 100 of %d episodes", 1+seed, a.Recent(100), len(a.Returns))
		if a.Recent(100) >= cartpole.Solved {
			solved++
		}
	}
	if solved < 8 {
		t.Errorf("%d of 10 agents solve cart-pole", solved)
	}
}

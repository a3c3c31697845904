package model

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// TestMStepFollowsTheGradientOfJ compares one M-step of rate 1 with numerical
// derivatives of J, meaned over the minibatch, by every parameter.
func TestMStepFollowsTheGradientOfJ(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	for _, n := range tinyNetworks(t, e) {
		settings := DefaultVariationalTraining()
		settings.EStep = Variational{Steps: 3, Delta: 0.05, Alpha: 0.4, Prior: true}
		settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 1}
		data := toy{n: 4, dim: n.Config.Sizes[0]}
		trainer, err := NewVariationalTrainer(n, data, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		m, before := slowNetwork(n), slowNetwork(n)
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		after := slowNetwork(n)
		meanJ := func() float64 {
			var total float64
			for i := range data.n {
				total += m.objective(example(trainer.states, i), 0.4, true)
			}
			return total / float64(data.n)
		}
		check := func(what string, x *float64, before, after float64) {
			t.Helper()
			if want := slope(x, meanJ); !near(after-before, want, 3e-6) {
				t.Errorf("sizes %v, %s: step %v, want %v", n.Config.Sizes, what, after-before, want)
			}
		}
		for l := range m.f {
			for k, maps := range [][3]*slowMap{{&m.f[l], &before.f[l], &after.f[l]}, {&m.g[l], &before.g[l], &after.g[l]}} {
				what := mapName(2*l + k)
				for j := range maps[0].bias {
					check(what+" bias", &maps[0].bias[j], maps[1].bias[j], maps[2].bias[j])
					for i := range maps[0].w {
						check(what+" weight", &maps[0].w[i][j], maps[1].w[i][j], maps[2].w[i][j])
					}
				}
			}
		}
		for j := range m.mean {
			check("prior mean", &m.mean[j], before.mean[j], after.mean[j])
			// A step of rate 1 may end at the least standard deviation.
			if after.std[j] > 2*minPriorStd {
				check("prior std", &m.std[j], before.std[j], after.std[j])
			}
		}
	}
}

func smallVariational() VariationalTraining {
	settings := DefaultVariationalTraining()
	settings.Epochs, settings.Batch = 3, 20
	return settings
}

func TestVariationalTrainingRaisesJ(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	for _, rule := range []InnerGradient{Targetprop, Exact} {
		for _, langevin := range []bool{false, true} {
			settings := smallVariational()
			settings.Epochs, settings.Optimizer.Rate = 10, 0.1
			settings.EStep.Gradient, settings.EStep.Langevin = rule, langevin
			if langevin {
				settings.EStep.Delta = 0.01
			}
			trainer, err := NewVariationalTrainer(newNetwork(t, e, 30, 20, 10), toy{n: 100, dim: 30}, settings, e)
			if err != nil {
				t.Fatal(err)
			}
			var first, last float64
			for !trainer.Done() {
				epoch, _ := trainer.Position()
				p, err := trainer.Step()
				if err != nil {
					t.Fatal(err)
				}
				switch epoch {
				case 0:
					first += p.End.P[0] / 5
				case settings.Epochs - 1:
					last += p.End.P[0] / 5
				}
			}
			if last < 0.7*first {
				t.Errorf("%v, Langevin %v: log p(x|h1) goes from %v to %v", rule, langevin, first, last)
			}
		}
	}
}

// TestVariationalTrainingSameBitsEverywhere has batches that do not divide the
// data, an adaptive optimiser and a prior. The hash was found once, on amd64.
func TestVariationalTrainingSameBitsEverywhere(t *testing.T) {
	run := func(e *kernels.Engine) []float32 {
		settings := smallVariational()
		settings.EStep.Gradient, settings.EStep.Langevin, settings.EStep.Prior = Exact, true, true
		settings.Optimizer = DefaultTraining().Optimizer
		n := newNetwork(t, e, 30, 21, 13)
		trainer, err := NewVariationalTrainer(n, toy2{50, 30}, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		var all []float32
		for !trainer.Done() {
			p, err := trainer.Step()
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, float32(p.Start.J(0.1)), float32(p.End.J(0.1)))
		}
		return append(append(append(all, parameters(n)...), n.Prior.Mean...), n.Prior.Std...)
	}
	want := run(newEngine(t, kernels.Generic, 1))
	if got := hash(want); got != 0x6fd16535aa95eca8 {
		t.Errorf("hash %#x is not the one found before", got)
	}
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 3} {
			if i := firstDifference(run(newEngine(t, isa, threads)), want); i >= 0 {
				t.Errorf("%v with %d threads: number %d differs from plain Go on one thread", isa, threads, i)
			}
		}
	}
}

// hash is a hash of numbers' bits.
func hash[T float32 | float64](x []T) uint64 {
	h := fnv.New64a()
	for _, v := range x {
		fmt.Fprintf(h, "%x ", v)
	}
	return h.Sum64()
}

func TestVariationalTrainingStopsWhenItDiverges(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	settings := smallVariational()
	settings.Optimizer.Rate = 1e30
	trainer, err := NewVariationalTrainer(newNetwork(t, e, 30, 21, 13), toy{n: 50, dim: 30}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		if _, err = trainer.Step(); err != nil {
			break
		}
	}
	if !errors.Is(err, ErrDiverged) {
		t.Fatalf("error %v, want ErrDiverged", err)
	}
}

func TestBadVariationalTraining(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	for name, change := range map[string]func(*VariationalTraining){
		"epochs": func(v *VariationalTraining) { v.Epochs = -1 },
		"batch":  func(v *VariationalTraining) { v.Batch = 0 },
		"delta":  func(v *VariationalTraining) { v.EStep.Delta = float32(math.NaN()) },
		"rate":   func(v *VariationalTraining) { v.Optimizer.Rate = 0 },
	} {
		v := DefaultVariationalTraining()
		change(&v)
		if _, err := NewVariationalTrainer(newNetwork(t, e, 4, 3), toy{n: 5, dim: 4}, v, e); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, data := range []toy{{n: 0, dim: 4}, {n: 5, dim: 5}} {
		if _, err := NewVariationalTrainer(newNetwork(t, e, 4, 3), data, DefaultVariationalTraining(), e); err == nil {
			t.Errorf("data %+v: no error", data)
		}
	}
}

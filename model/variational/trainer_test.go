package variational

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestMStepFollowsTheGradientOfJ compares one M-step of rate 1 with numerical
// derivatives of J, meaned over the minibatch, by every parameter.
func TestMStepFollowsTheGradientOfJ(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, n := range modeltest.TinyNetworks(t, e) {
		settings := DefaultTraining()
		settings.EStep = EStep{Steps: 3, Delta: 0.05, Alpha: 0.4, Prior: true}
		settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 1}
		data := modeltest.Bars{N: 4, Width: n.Config.Sizes[0]}
		trainer, err := NewTrainer(n, data, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		m, before := modeltest.NewSlowNetwork(n), modeltest.NewSlowNetwork(n)
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		after := modeltest.NewSlowNetwork(n)
		meanJ := func() float64 {
			var total float64
			for i := range data.N {
				total += slowObjective(m, modeltest.Example(trainer.states, i), 0.4, true)
			}
			return total / float64(data.N)
		}
		check := func(what string, x *float64, before, after float64) {
			t.Helper()
			if want := modeltest.Slope(x, meanJ); !modeltest.Near(after-before, want, 3e-6) {
				t.Errorf("sizes %v, %s: step %v, want %v", n.Config.Sizes, what, after-before, want)
			}
		}
		for l := range m.F {
			for k, maps := range [][3]*modeltest.SlowMap{{&m.F[l], &before.F[l], &after.F[l]}, {&m.G[l], &before.G[l], &after.G[l]}} {
				what := fmt.Sprintf("map %d", 2*l+k)
				for j := range maps[0].Bias {
					check(what+" bias", &maps[0].Bias[j], maps[1].Bias[j], maps[2].Bias[j])
					for i := range maps[0].Weight {
						check(what+" weight", &maps[0].Weight[i][j], maps[1].Weight[i][j], maps[2].Weight[i][j])
					}
				}
			}
		}
		for j := range m.Mean {
			check("prior mean", &m.Mean[j], before.Mean[j], after.Mean[j])
			// A step of rate 1 may end at the least standard deviation.
			if after.Std[j] > 2*density.MinStd {
				check("prior std", &m.Std[j], before.Std[j], after.Std[j])
			}
		}
	}
}

func smallVariational() Training {
	settings := DefaultTraining()
	settings.Epochs, settings.Batch = 3, 20
	return settings
}

func TestTrainingRaisesJ(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, rule := range []InnerGradient{Targetprop, Exact} {
		for _, langevin := range []bool{false, true} {
			settings := smallVariational()
			settings.Epochs, settings.Optimizer.Rate = 10, 0.1
			settings.EStep.Gradient, settings.EStep.Langevin = rule, langevin
			if langevin {
				settings.EStep.Delta = 0.01
			}
			trainer, err := NewTrainer(modeltest.Network(t, e, 30, 20, 10), modeltest.Bars{N: 100, Width: 30}, settings, e)
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
func TestTrainingSameBitsEverywhere(t *testing.T) {
	want := modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
		settings := smallVariational()
		settings.EStep.Gradient, settings.EStep.Langevin, settings.EStep.Prior = Exact, true, true
		settings.Optimizer = model.DefaultTraining().Optimizer
		n := modeltest.Network(t, e, 30, 21, 13)
		trainer, err := NewTrainer(n, modeltest.Remainders{N: 50, Width: 30}, settings, e)
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
		return append(append(append(all, modeltest.Parameters(n)...), n.Prior.Mean...), n.Prior.Std...)
	})
	if got := modeltest.Hash(want); got != 0x6fd16535aa95eca8 {
		t.Errorf("hash %#x is not the one found before", got)
	}
}

func TestTrainingStopsWhenItDiverges(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	settings := smallVariational()
	settings.Optimizer.Rate = 1e30
	trainer, err := NewTrainer(modeltest.Network(t, e, 30, 21, 13), modeltest.Bars{N: 50, Width: 30}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		if _, err = trainer.Step(); err != nil {
			break
		}
	}
	if !errors.Is(err, model.ErrDiverged) {
		t.Fatalf("error %v, want model.ErrDiverged", err)
	}
}

func TestBadTraining(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for name, change := range map[string]func(*Training){
		"epochs": func(v *Training) { v.Epochs = -1 },
		"batch":  func(v *Training) { v.Batch = 0 },
		"delta":  func(v *Training) { v.EStep.Delta = float32(math.NaN()) },
		"rate":   func(v *Training) { v.Optimizer.Rate = 0 },
		"noise":  func(v *Training) { v.EStep.Steps, v.Epochs = 1<<20, 1<<13 },
	} {
		v := DefaultTraining()
		change(&v)
		if _, err := NewTrainer(modeltest.Network(t, e, 4, 3), modeltest.Bars{N: 5, Width: 4}, v, e); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, data := range []modeltest.Bars{{N: 0, Width: 4}, {N: 5, Width: 5}} {
		if _, err := NewTrainer(modeltest.Network(t, e, 4, 3), data, DefaultTraining(), e); err == nil {
			t.Errorf("data %+v: no error", data)
		}
	}
}

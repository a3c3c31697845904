package credit

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestPatience: by every rule training stops when so many epochs were no better, and the
// network gets the parameters of the best one.
func TestPatience(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := classes(t, 50)
	for _, rule := range Rules() {
		s := small(rule)
		s.Epochs, s.Patience = 9, 2
		s.Rates = model.Rates{Shape: model.Cosine, Final: 0.1, Warmup: 3}
		modeltest.TryPatience(t,
			func() (modeltest.Patient, error) { return newTrainer(t, e, data, s), nil },
			func(path string) (modeltest.Patient, error) {
				c, err := LoadCheckpoint(path)
				if err != nil {
					return nil, err
				}
				return c.Resume(data, e)
			},
			func(p modeltest.Patient) []float32 {
				var all []float32
				for _, m := range p.(*Trainer).Network.Maps {
					all = append(all, m.Weights.Data...)
				}
				return all
			})
	}
}

// TestRates: each way of changing the rates gives the same bits on all engines, and other
// ones than the others; all maps learn at the rates of the formula.
func TestRates(t *testing.T) {
	data := classes(t, 50)
	var before [][]float32
	for _, r := range []model.Rates{{}, {Shape: model.Linear}, {Shape: model.Linear, Final: 0.5}, {Shape: model.Cosine, Final: 0.2}, {Shape: model.Linear, Warmup: 3}, {Warmup: 3}} {
		s := small(DifferenceTargets)
		s.Rates = r
		got := modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
			trainer := newTrainer(t, e, data, s)
			for step, steps := 0, s.Epochs*trainer.StepsPerEpoch(); !trainer.Done(); step++ {
				if _, err := trainer.Step(); err != nil {
					t.Fatal(err)
				}
				if got, want := trainer.learner.RateScale, r.At(1, step, steps); !modeltest.Near(float64(got), float64(want), 1e-7) {
					t.Fatalf("%+v: step %d of %d scales the rates by %v, want %v", r, step, steps, got, want)
				}
			}
			return parameters(trainer.learner)
		})
		if slices.ContainsFunc(before, func(other []float32) bool { return slices.Equal(got, other) }) {
			t.Errorf("%+v trains as another way does", r)
		}
		before = append(before, got)
	}
}

// TestOlderFiles: files from before there were other shapes, which said whether the rates
// fall, load as what they are.
func TestOlderFiles(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
	if err := newTrainer(t, e, classes(t, 50), small(Backprop)).Save(path, nil); err != nil {
		t.Fatal(err)
	}
	for old, want := range map[string]*model.Rates{`"Cooling":true`: {Shape: model.Linear}, `"Cooling":false`: {}, `"Cooled":true`: nil, `"Cooling":1`: nil} {
		c, err := LoadCheckpoint(modeltest.Older(t, path, `"Rates":{"Shape":"linear","Final":0,"Warmup":0}`, old))
		if want != nil && (err != nil || c.Training.Rates != *want) {
			t.Errorf("%s: rates %+v, %v", old, c.Training.Rates, err)
		}
		if want == nil && (err == nil || !strings.Contains(err.Error(), "its training settings")) {
			t.Errorf("%s: error %v", old, err)
		}
	}
}

// TestSmallestRate: a rate that underflows stays a rate.
func TestSmallestRate(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	s := small(DifferenceTargets)
	s.Optimizer.Rate, s.Targets.Optimizer.Rate = 1e-45, 1e-45
	train(t, newTrainer(t, e, classes(t, 50), s))
}

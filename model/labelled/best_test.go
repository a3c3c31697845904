package labelled_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
)

// patient are settings of a training that stops by itself.
func patient() labelled.Training {
	s := smallTraining()
	s.Epochs, s.Patience = 9, 2
	s.Rates = model.Rates{Shape: model.Cosine, Final: 0.1, Warmup: 3}
	return s
}

// TestPatience: training stops when so many epochs were no better, and the network gets
// the parameters of the best one.
func TestPatience(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	bars := modeltest.Bars{N: 50, Width: 20}
	modeltest.TryPatience(t,
		func() (modeltest.Patient, error) {
			return labelled.NewTrainer(network(t, e, 5, 20, 9, 7), bars, patient(), e)
		},
		func(path string) (modeltest.Patient, error) {
			c, err := labelled.LoadCheckpoint(path)
			if err != nil {
				return nil, err
			}
			return c.Resume(bars, e)
		},
		func(p modeltest.Patient) []float32 { return parameters(p.(*labelled.Trainer).Network) })
}

// TestRates: each way of changing the rate gives the same bits on all engines, and trains
// as steps with its rates do.
func TestRates(t *testing.T) {
	bars := modeltest.Bars{N: 50, Width: 20}
	var before [][]float32
	for _, r := range []model.Rates{{}, {Shape: model.Linear, Final: 0.03}, {Shape: model.Cosine, Final: 0.2}, {Shape: model.Linear, Warmup: 3}, {Warmup: 3}} {
		got := modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
			s := smallTraining()
			s.Rates = r
			trainer, err := labelled.NewTrainer(network(t, e, 5, 20, 9, 7), bars, s, e)
			if err != nil {
				t.Fatal(err)
			}
			train(t, trainer)
			return parameters(trainer.Network)
		})
		if slices.ContainsFunc(before, func(other []float32) bool { return slices.Equal(got, other) }) {
			t.Errorf("%+v trains as another way does", r)
		}
		before = append(before, got)
		e := modeltest.Engine(t, kernels.AVX512, 1)
		s := smallTraining()
		s.Rates = model.Rates{}
		trainer, err := labelled.NewTrainer(network(t, e, 5, 20, 9, 7), bars, s, e)
		if err != nil {
			t.Fatal(err)
		}
		for step := 0; !trainer.Done(); step++ {
			trainer.Settings.Optimizer.Rate = r.At(s.Optimizer.Rate, step, s.Epochs*trainer.StepsPerEpoch())
			if _, err := trainer.Step(); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(parameters(trainer.Network), got) {
			t.Errorf("%+v trains in another way than steps with its rates", r)
		}
	}
}

// TestOlderFiles: files from before there were other shapes, which had the final rate
// alone, load as what they are.
func TestOlderFiles(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	trainer, err := labelled.NewTrainer(network(t, e, 5, 20, 9), modeltest.Bars{N: 30, Width: 20}, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
	if err := trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	for old, ok := range map[string]bool{`"FinalRate":0.25`: true, `"Final":0.25`: false, `"FinalRate":"0.25"`: false} {
		c, err := labelled.LoadCheckpoint(modeltest.Older(t, path, `"Rates":{"Shape":"linear","Final":0.03,"Warmup":0}`, old))
		if ok && (err != nil || c.Training.Rates != model.Rates{Shape: model.Linear, Final: 0.25}) {
			t.Errorf("%s: rates %+v, %v", old, c.Training.Rates, err)
		}
		if !ok && (err == nil || !strings.Contains(err.Error(), "its training settings")) {
			t.Errorf("%s: error %v", old, err)
		}
	}
}

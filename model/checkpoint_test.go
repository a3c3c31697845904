package model_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

func TestResumeContinuesBitForBit(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := modeltest.Bars{N: 50, Width: 30}
	for _, rule := range []kernels.Rule{kernels.RMSProp, kernels.SGD, kernels.Adam} {
		settings := smallTraining()
		settings.Optimizer.Rule = rule
		fresh := func() *model.Trainer {
			trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 21, 13), data, settings, e)
			if err != nil {
				t.Fatal(err)
			}
			return trainer
		}
		whole := fresh()
		modeltest.Train(t, whole)
		for stop := range 2 * whole.StepsPerEpoch() {
			trainer := fresh()
			for range stop {
				if _, err := trainer.Step(); err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
			if err := trainer.Save(path, map[string]string{"data": "toy"}); err != nil {
				t.Fatal(err)
			}
			c, err := model.LoadCheckpoint(path)
			if err != nil {
				t.Fatal(err)
			}
			if c.Notes["data"] != "toy" {
				t.Errorf("notes became %v", c.Notes)
			}
			for range 2 { // the second is not disturbed by the first
				resumed, err := c.Resume(data, e)
				if err != nil {
					t.Fatal(err)
				}
				modeltest.Train(t, resumed)
				if i := modeltest.FirstDifference(modeltest.Parameters(resumed.Network), modeltest.Parameters(whole.Network)); i >= 0 {
					t.Errorf("%v stopped at step %d: parameter %d differs", rule, stop, i)
				}
				if !slices.Equal(resumed.Losses(), whole.Losses()) {
					t.Errorf("%v stopped at step %d: losses %v, want %v", rule, stop, resumed.Losses(), whole.Losses())
				}
			}
		}
	}
}

// TestResumeWithOthers: what would move the position, or use moments for another rule, is refused, and the file not blamed.
func TestResumeWithOthers(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	data := modeltest.Bars{N: 50, Width: 30}
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 8, 4), data, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	for range trainer.StepsPerEpoch() + 1 {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
	if err := trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(s *model.Training){
		"to batches of 5,":    func(s *model.Training) { s.Batch = 5 },
		"which 1 epochs have": func(s *model.Training) { s.Epochs = 1 },
		"batches of 0: want":  func(s *model.Training) { s.Batch = 0 },
		"seed 77":             func(s *model.Training) { s.Seed = 77 },
		"and adam:":           func(s *model.Training) { s.Optimizer.Rule = kernels.Adam },
		"and sgd:":            func(s *model.Training) { s.Optimizer.Rule = kernels.SGD },
	} {
		c, err := model.LoadCheckpoint(path)
		if err != nil {
			t.Fatal(err)
		}
		was := c.Training
		change(&c.Training)
		if _, err := c.Resume(data, e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		c.Training = was
		c.Training.Optimizer.Rate /= 2
		c.Training.Epochs++
		if _, err := c.Resume(data, e); err != nil {
			t.Error(err)
		}
	}
}

// TestResumeAgain: a network that has gone on to a prior has none when it is back at the checkpoint.
func TestResumeAgain(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	data := modeltest.Bars{N: 50, Width: 30}
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 8, 4), data, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
	if err := trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	c, err := model.LoadCheckpoint(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		resumed, err := c.Resume(data, e)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.File.Save(path); !errors.Is(err, model.ErrNoPrior) {
			t.Errorf("error %v", err)
		}
		modeltest.Train(t, resumed)
		if err := c.Network.EstimatePrior(t.Context(), e, data, model.TrainInference(), nil); err != nil {
			t.Fatal(err)
		}
	}
}

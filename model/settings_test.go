package model_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestSettingsChanged: settings that are changed between steps are looked at again, also by Save.
func TestSettingsChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint")
	for want, change := range map[string]func(s *model.Training){
		"batches of 2,":         func(s *model.Training) { s.Batch = 2 },
		"seed 77":               func(s *model.Training) { s.Seed = 77 },
		"and adam":              func(s *model.Training) { s.Optimizer.Rule = kernels.Adam },
		"learning rate NaN":     func(s *model.Training) { s.Optimizer.Rate = float32(math.NaN()) },
		"iterations":            func(s *model.Training) { s.Inference.Iterations = -1 },
		"epochs: want 0 to":     func(s *model.Training) { s.Epochs = math.MaxInt },
		"Bernoulli draws: want": func(s *model.Training) { s.Draws = 0 },
	} {
		trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 8, 4), modeltest.Bars{N: 20, Width: 30}, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		change(&trainer.Settings)
		if _, err := trainer.Step(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v, want %q", err, want)
		}
		if err := trainer.Save(path, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Save: %v, want %q", err, want)
		}
		if trainer.Done() {
			t.Errorf("%s: done", want)
		}
	}
}

// TestEndOfTraining: no checkpoint is saved from which no one could go on.
func TestEndOfTraining(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint")
	settings := smallTraining()
	settings.Epochs = 1
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 8, 4), modeltest.Bars{N: 20, Width: 30}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	modeltest.Train(t, trainer)
	if err := trainer.EndEpoch(1); err != nil {
		t.Fatal(err)
	}
	if _, err := trainer.Step(); err != nil {
		t.Fatal(err)
	}
	if err := trainer.Save(path, nil); err == nil || !strings.Contains(err.Error(), "raise Settings.Epochs") {
		t.Errorf("Save after more minibatches than all epochs have: %v", err)
	}
	trainer.Settings.Epochs = 2
	if err := trainer.Save(path, nil); err != nil {
		t.Error(err)
	}
	if err := trainer.TakeBest(); err != nil || !trainer.Done() {
		t.Errorf("TakeBest: error %v, done %v", err, trainer.Done())
	}
	const want = "TakeBest has ended"
	if _, err := trainer.Step(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Step after TakeBest: %v", err)
	}
	if err := trainer.Save(path, nil); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Save after TakeBest: %v", err)
	}
}

// TestNetworkChanged: another network in the place of the trainer's is refused, and no checkpoint is written.
func TestNetworkChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	const want = "not the one that it was made for"
	for _, other := range []*model.Network{nil, {}, modeltest.Network(t, e, 30, 8, 4)} {
		trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 8, 4), modeltest.Bars{N: 20, Width: 30}, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		trainer.Network = other
		if _, err := trainer.Step(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v", err)
		}
		path := filepath.Join(t.TempDir(), "checkpoint")
		if err := trainer.Save(path, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Save: %v", err)
		}
	}
	// The same one, but not as it was.
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 8, 4), modeltest.Bars{N: 20, Width: 30}, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	trainer.Network.Config.Sizes = []int{30, 800, 4}
	if err := trainer.Save(filepath.Join(t.TempDir(), "checkpoint"), nil); err == nil || !strings.Contains(err.Error(), "encoder 1") {
		t.Errorf("Save: %v", err)
	}
}

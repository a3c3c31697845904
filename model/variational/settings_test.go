package variational

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestSettingsChanged: settings that are changed between steps are looked at again.
func TestSettingsChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for want, change := range map[string]func(s *Training){
		"batches of 2,": func(s *Training) { s.Batch = 2 },
		"prior true":    func(s *Training) { s.EStep.Prior = true },
		"alpha 0.7":     func(s *Training) { s.EStep.Alpha = 0.7 },
		"adam": func(s *Training) {
			s.Optimizer = kernels.Optimizer{Rule: kernels.Adam, Rate: 1e-3, Momentum: 0.9, Decay: 0.99, Epsilon: 1e-8}
		},
		"learning rate NaN":    func(s *Training) { s.Optimizer.Rate = float32(math.NaN()) },
		"steps of the E-step:": func(s *Training) { s.EStep.Steps = -1 },
		"draw noise of their":  func(s *Training) { s.Epochs, s.EStep.Steps = 1<<20, 1<<13 },
		"epochs: want 0 to":    func(s *Training) { s.Epochs = math.MaxInt },
	} {
		trainer, err := NewTrainer(modeltest.Network(t, e, 6, 5, 4), modeltest.Bars{N: 20, Width: 6}, DefaultTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		change(&trainer.Settings)
		if _, err := trainer.Step(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v, want %q", err, want)
		}
	}
}

// TestNotFinite: the example is named, and the rate not blamed.
func TestNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	images := kernels.NewMatrix(9, 6)
	images.Row(4)[2] = float32(math.NaN())
	trainer, err := NewTrainer(modeltest.Network(t, e, 6, 5, 4), model.Rows{Matrix: images}, DefaultTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trainer.Step(); err == nil || errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), "example 4 of the data: value 2 is NaN") {
		t.Error(err)
	}
}

// TestNetworkChanged: another network in the place of the trainer's is refused, and no checkpoint is written.
func TestNetworkChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	const want = "not the one that it was made for"
	for _, other := range []*model.Network{nil, {}, modeltest.Network(t, e, 6, 5, 4)} {
		trainer, err := NewTrainer(modeltest.Network(t, e, 6, 5, 4), modeltest.Bars{N: 20, Width: 6}, DefaultTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		trainer.Network = other
		if _, err := trainer.Step(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v", err)
		}
	}
}

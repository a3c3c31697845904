package model_test

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

func TestBadSettings(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	nan := float32(math.NaN())
	for name, change := range map[string]func(*model.Training){
		"epochs":       func(s *model.Training) { s.Epochs = -1 },
		"batch":        func(s *model.Training) { s.Batch = 0 },
		"rate NaN":     func(s *model.Training) { s.Optimizer.Rate = nan },
		"rate 0":       func(s *model.Training) { s.Optimizer.Rate = 0 },
		"momentum":     func(s *model.Training) { s.Optimizer.Momentum = 1 },
		"decay":        func(s *model.Training) { s.Optimizer.Decay = nan },
		"epsilon":      func(s *model.Training) { s.Optimizer.Epsilon = 0 },
		"delta":        func(s *model.Training) { s.Inference.Delta = nan },
		"alpha":        func(s *model.Training) { s.Inference.Alpha = -1 },
		"iterations":   func(s *model.Training) { s.Inference.Iterations = -1 },
		"noise":        func(s *model.Training) { s.UpNoise = nan },
		"draws":        func(s *model.Training) { s.Draws = 0 },
		"optimiser":    func(s *model.Training) { s.Optimizer.Rule = 99 },
		"rate too big": func(s *model.Training) { s.Optimizer.Rate = float32(math.Inf(1)) },
	} {
		s := model.DefaultTraining()
		change(&s)
		if _, err := model.NewTrainer(modeltest.Network(t, e, 4, 3), modeltest.Bars{N: 5, Width: 4}, s, e); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := model.NewTrainer(modeltest.Network(t, e, 4, 3), modeltest.Bars{N: 0, Width: 4}, model.DefaultTraining(), e); err == nil {
		t.Error("no examples: no error")
	}
	if _, err := model.NewTrainer(modeltest.Network(t, e, 4, 3), modeltest.Bars{N: 5, Width: 5}, model.DefaultTraining(), e); err == nil {
		t.Error("wrong width: no error")
	}
	for _, sizes := range [][]int{{}, {4}, {4, 0}, {-1, 3}, {4, 1 << 30}} {
		if _, err := model.New(model.DefaultConfig(sizes...), 1, e); err == nil {
			t.Errorf("sizes %v: no error", sizes)
		}
	}
}

package variational

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestRunsAway: training that goes wrong while J is finite ends, and a prior that is too narrow for
// Delta is blamed and not the rate.
func TestRunsAway(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for _, c := range []struct {
		rate, momentum, std float32
		want                string
	}{
		{0.01, 0.9, 1, "EStep.Delta is to be at most"}, // J came to -1e56, and the deviations to 3e33
		{1e-6, 0, 1e-3, "EStep.Delta is to be at most 2e-06, and it is 0.1"},
		{1e30, 0, 1, "the prior: unit"},
	} {
		n := modeltest.Network(t, e, 6, 5, 4)
		n.Prior = model.Prior{Mean: make([]float32, 4), Std: slices.Repeat([]float32{c.std}, 4)}
		settings := DefaultTraining()
		settings.Epochs, settings.Batch, settings.EStep.Prior = 30, 10, true
		settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: c.rate, Momentum: c.momentum}
		trainer, err := NewTrainer(n, modeltest.Bars{N: 40, Width: 6}, settings, e)
		for err == nil && !trainer.Done() {
			_, err = trainer.Step()
		}
		if !errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("rate %v, deviations %v: %v, want %q", c.rate, c.std, err, c.want)
		}
	}
}

// TestHealth: a layer that is the same for all examples is named.
func TestHealth(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for want, spoil := range map[string]func(n *model.Network){
		"":         func(*model.Network) {},
		"layer h1": func(n *model.Network) { clear(n.Encoders[0].Weights.Data); clear(n.Decoders[1].Weights.Data) },
	} {
		n := modeltest.Network(t, e, 6, 5, 4)
		spoil(n)
		settings := DefaultTraining()
		settings.EStep.Steps, settings.Optimizer.Rate = 0, math.SmallestNonzeroFloat32
		trainer, err := NewTrainer(n, modeltest.Bars{N: 40, Width: 6}, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		if err := trainer.Health(); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

package model

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// trainedOnBars is a network that has learned a toy of pixels from 0 to 1, with
// its prior.
func trainedOnBars(tb testing.TB, e *kernels.Engine, data toy, epochs int, sizes ...int) *Network {
	tb.Helper()
	n := newNetwork(tb, e, sizes...)
	settings := DefaultTraining()
	settings.Epochs, settings.Batch = epochs, 16
	settings.Optimizer.Rate, settings.UpNoise = 3e-4, 0.3
	trainer, err := NewTrainer(n, data, settings, e)
	if err != nil {
		tb.Fatal(err)
	}
	train(tb, trainer)
	if err := n.EstimatePrior(tb.Context(), e, data, settings.Inference, nil); err != nil {
		tb.Fatal(err)
	}
	return n
}

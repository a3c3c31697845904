package model_test

import (
	"context"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/mask"
)

// TestContexts: what goes on for long looks at its context between rounds and iterations.
func TestContexts(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := modeltest.Bars{N: 200, Width: 30}
	n := modeltest.Network(t, e, 30, 8, 4)
	n.Prior = model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
	long := model.TrainInference()
	long.Iterations = model.MaxIterations
	sampling, filling := model.DefaultSampling(), model.DefaultFilling()
	sampling.Rounds, sampling.Inference, filling.Rounds, filling.Inference = model.MaxRounds, long, model.MaxRounds, long
	images, masks := kernels.NewMatrix(200, 30), []mask.Mask{make(mask.Mask, 30)}
	for name, f := range map[string]func(ctx context.Context) error{
		"InferContext": func(ctx context.Context) error {
			return n.InferContext(ctx, e, n.NewStates(200), long)
		},
		"Features": func(ctx context.Context) error {
			_, err := n.Features(ctx, e, data, 1, long, nil)
			return err
		},
		"Train": func(ctx context.Context) error {
			settings := model.DefaultTraining()
			settings.Inference = long
			return modeltest.Network(t, e, 30, 8, 4).Train(ctx, e, data, settings, func(int, []float64) bool {
				t.Error("Train: an epoch comes to its end")
				return false
			})
		},
		"EstimatePrior": func(ctx context.Context) error { return n.EstimatePrior(ctx, e, data, long, nil) },
		"ReconstructionError": func(ctx context.Context) error {
			_, err := n.ReconstructionError(ctx, e, data, 200, long)
			return err
		},
		"Generate": func(ctx context.Context) error {
			_, err := n.Generate(ctx, e, 1, sampling, nil)
			return err
		},
		"Fill": func(ctx context.Context) error {
			_, err := n.Fill(ctx, e, images, masks, filling, nil)
			return err
		},
	} {
		modeltest.EndsSoon(t, name, f)
	}
	sampling.Rounds++
	if _, err := n.Generate(t.Context(), e, 1, sampling, nil); err == nil || !strings.Contains(err.Error(), "rounds") {
		t.Errorf("samples of %d rounds: %v", sampling.Rounds, err)
	}
	filling.Rounds++
	if _, err := n.Fill(t.Context(), e, images, masks, filling, nil); err == nil || !strings.Contains(err.Error(), "rounds") {
		t.Errorf("filling in of %d rounds: %v", filling.Rounds, err)
	}
}

package labelled_test

import (
	"context"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
)

// TestContexts: what goes on for long looks at its context between rounds and iterations.
func TestContexts(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	labels := make([]uint8, 600)
	for i := range labels {
		labels[i] = uint8(i % 3)
	}
	data := labelled.Examples{Data: modeltest.Bars{N: len(labels), Width: 30}, Labels: labels}
	n := network(t, e, 3, 30, 8, 4)
	if err := n.EstimatePriors(t.Context(), e, data, labelled.ClassifyInference(), nil); err != nil {
		t.Fatal(err)
	}
	sampling, filling := labelled.DefaultSampling(), labelled.DefaultFilling()
	long := sampling.Inference
	long.Iterations = model.MaxIterations
	sampling.Rounds, sampling.Inference, filling.Rounds, filling.Inference = model.MaxRounds, long, model.MaxRounds, long
	images, masks := kernels.NewMatrix(200, 30), []mask.Mask{make(mask.Mask, 30)}
	for name, f := range map[string]func(ctx context.Context) error{
		"EstimatePriors": func(ctx context.Context) error { return n.EstimatePriors(ctx, e, data, long, nil) },
		"Classify": func(ctx context.Context) error {
			_, err := n.Classify(ctx, e, data, long, nil)
			return err
		},
		"Generate": func(ctx context.Context) error {
			_, err := n.Generate(ctx, e, []int{1}, sampling, nil)
			return err
		},
		"Fill": func(ctx context.Context) error {
			_, err := n.Fill(ctx, e, images, masks, nil, filling, nil)
			return err
		},
	} {
		modeltest.EndsSoon(t, name, f)
	}
	sampling.Rounds++
	if _, err := n.Generate(t.Context(), e, []int{1}, sampling, nil); err == nil || !strings.Contains(err.Error(), "rounds") {
		t.Errorf("samples of %d rounds: %v", sampling.Rounds, err)
	}
	filling.Rounds++
	if _, err := n.Fill(t.Context(), e, images, masks, nil, filling, nil); err == nil || !strings.Contains(err.Error(), "rounds") {
		t.Errorf("filling in of %d rounds: %v", filling.Rounds, err)
	}
}

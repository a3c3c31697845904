package model_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/mask"
)

// TestManyGoroutines: 64 at once use one network on one engine, and each gets what one alone gets.
// One whose time is up gets its context's error.
func TestManyGoroutines(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 3)
	n, data := modeltest.Network(t, e, 30, 8, 4), modeltest.Bars{N: 50, Width: 30}
	ctx, ended := t.Context(), func() context.Context {
		c, cancel := context.WithCancel(t.Context())
		cancel()
		return c
	}()
	if err := n.EstimatePrior(ctx, e, data, model.TrainInference(), nil); err != nil {
		t.Fatal(err)
	}
	images := kernels.NewMatrix(3, 30)
	masks := []mask.Mask{slices.Repeat([]bool{true, false}, 15)}
	uses := []func(ctx context.Context) (kernels.Matrix, error){
		func(ctx context.Context) (kernels.Matrix, error) {
			return n.Features(ctx, e, data, 2, model.TrainInference(), nil)
		},
		func(ctx context.Context) (kernels.Matrix, error) {
			return n.Generate(ctx, e, 20, model.DefaultSampling(), nil)
		},
		func(ctx context.Context) (kernels.Matrix, error) {
			filled, err := n.Fill(ctx, e, images, masks, model.DefaultFilling(), nil)
			return filled.Images, err
		},
		func(ctx context.Context) (kernels.Matrix, error) {
			mean, err := n.ReconstructionError(ctx, e, data, 20, model.TrainInference())
			return kernels.Matrix{Data: []float32{float32(mean)}}, err
		},
	}
	var want []kernels.Matrix
	for i, use := range uses {
		m, err := use(ctx)
		if err != nil {
			t.Fatalf("use %d: %v", i, err)
		}
		want = append(want, m)
		if _, err := use(ended); err != context.Canceled {
			t.Errorf("use %d after its context's end: %v", i, err)
		}
	}
	var all sync.WaitGroup
	for g := range 64 {
		all.Go(func() {
			i := g % len(uses)
			if got, err := uses[i](ctx); err != nil || !slices.Equal(got.Data, want[i].Data) {
				t.Errorf("use %d: other numbers than alone, error %v", i, err)
			}
		})
	}
	all.Wait()
}

package model_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/chain"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/mask"
	"github.com/targetprop/targetprop/model/measure"
)

// TestDeepChains has networks of 1 to 5 latent layers learn bars, infer, sample
// in all ways and fill in.
func TestDeepChains(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	data := modeltest.Bars{N: 160, Width: 25}
	images := kernels.NewMatrix(20, 25) // not seen in training
	rows.Read(images, modeltest.Bars{N: 180, Width: 25}, 160)
	sizes := []int{25, 32, 32, 32, 32, 32}
	for latents := 1; latents <= 5; latents++ {
		t.Run(fmt.Sprintf("latents=%d", latents), func(t *testing.T) {
			n := modeltest.Trained(t, e, data, 40, sizes[:latents+1]...)
			inferDeep(t, e, n, images)
			sampleDeep(t, e, n, data)
			fillDeep(t, e, n, data, images)
		})
	}
}

// inferDeep checks that trained networks infer what slowInfer does, and that
// each layer can be told from the one above it.
func inferDeep(t *testing.T, e *kernels.Engine, n *model.Network, images kernels.Matrix) {
	s := n.NewStates(images.Rows)
	rows.Copy(s.H[0], 0, images)
	n.Infer(e, s, model.TrainInference())
	for i := range 3 {
		want := modeltest.NewSlowNetwork(n).Infer(modeltest.Wide(images.Row(i)), model.TrainInference())
		for l := range want {
			for j, v := range s.H[l].Row(i) {
				if !modeltest.Near(float64(v), want[l][j], 1e-4) {
					t.Fatalf("example %d: h[%d][%d] = %v, want %v", i, l, j, v, want[l][j])
				}
			}
		}
	}
	// Each decoder knows more of the layer below it than that layer's mean.
	for l := 1; l <= n.Config.Latents(); l++ {
		below := s.H[l-1]
		back := kernels.NewMatrix(below.Rows, below.Cols)
		n.Decode(e, back, l, s.H[l])
		var wrong, variance float64
		_, stds := rows.Moments(below)
		for _, std := range stds {
			variance += float64(std * std)
		}
		for i := range below.Rows {
			for j, v := range below.Row(i) {
				d := float64(back.Row(i)[j] - v)
				wrong += d * d / float64(below.Rows)
			}
		}
		t.Logf("g_%d: error %.3f of variance %.3f", l, wrong, variance)
		if !(wrong < 0.1*variance) {
			t.Errorf("g_%d explains too little of h[%d]: error %v of variance %v", l, l-1, wrong, variance)
		}
	}
}

// sampleDeep checks that all ways to sample make finite pictures, and that
// chains which begin at noise come nearer to the data.
func sampleDeep(t *testing.T, e *kernels.Engine, n *model.Network, data modeltest.Bars) {
	finite := func(name string, m kernels.Matrix) {
		for x := range modeltest.Rows(m) {
			if slices.ContainsFunc(x, func(v float32) bool { return !(v >= 0 && v <= 1) }) {
				t.Fatalf("%s: pixels %v", name, x)
			}
		}
	}
	for _, settings := range []model.Sampling{model.DefaultSampling(), model.DirectedSampling()} {
		samples, err := n.Generate(t.Context(), e, 20, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		finite(fmt.Sprintf("%d rounds", settings.Rounds), samples)
	}
	noise := chain.Uniform(20, data.Width, 1)
	for _, kind := range []chain.Kind{chain.Joint, chain.Latent} {
		settings := chain.DefaultWalking(kind)
		settings.Steps, settings.VisibleStd = 10, 0.1
		walk, err := chain.Walk(t.Context(), e, n, noise, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		finite(kind.String(), walk.Last)
		before, after := meanNearest(noise, data), meanNearest(walk.Last, data)
		t.Logf("%v: from %.3f to %.3f", kind, before, after)
		if after > 0.7*before {
			t.Errorf("%v: squared distance to the data from %v to %v", kind, before, after)
		}
	}
}

// meanNearest is the mean squared distance to the nearest example.
func meanNearest(m kernels.Matrix, data model.Data) float64 {
	var total float64
	examples := modeltest.Images(data, 0, data.Len())
	for x := range modeltest.Rows(m) {
		nearest := math.Inf(1)
		for p := range modeltest.Rows(examples) {
			var square float64
			for j := range x {
				square += float64(x[j]-p[j]) * float64(x[j]-p[j])
			}
			nearest = min(nearest, square)
		}
		total += nearest / float64(m.Rows)
	}
	return total
}

// fillDeep checks that bars are filled in better than by the pixels' means.
func fillDeep(t *testing.T, e *kernels.Engine, n *model.Network, data modeltest.Bars, images kernels.Matrix) {
	masks := []mask.Mask{mask.Half(5, 5, mask.Bottom)}
	filled, err := n.Fill(t.Context(), e, images, masks, model.DefaultFilling(), nil)
	if err != nil {
		t.Fatal(err)
	}
	baseline, err := measure.MeanFill(data, images, masks)
	if err != nil {
		t.Fatal(err)
	}
	ours, _, err := measure.FillError(images, filled.Images, masks)
	if err != nil {
		t.Fatal(err)
	}
	byMean, _, err := measure.FillError(images, baseline, masks)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("fill: error %.4f, means %.4f", ours, byMean)
	if ours > 0.5*byMean {
		t.Errorf("filled in with error %v, by means with %v", ours, byMean)
	}
}

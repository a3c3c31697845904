package model

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// TestDeepChains has networks of 1 to 5 latent layers learn bars, infer, sample
// in all ways and fill in.
func TestDeepChains(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	data := toy{n: 160, dim: 25}
	images := kernels.NewMatrix(20, 25) // not seen in training
	rows.Read(images, toy{n: 180, dim: 25}, 160)
	sizes := []int{25, 32, 32, 32, 32, 32}
	for latents := 1; latents <= 5; latents++ {
		t.Run(fmt.Sprintf("latents=%d", latents), func(t *testing.T) {
			n := trainedOnBars(t, e, data, 40, sizes[:latents+1]...)
			inferDeep(t, e, n, images)
			sampleDeep(t, e, n, data)
			fillDeep(t, e, n, data, images)
		})
	}
}

// inferDeep checks that trained networks infer what slowInfer does, and that
// each layer can be told from the one above it.
func inferDeep(t *testing.T, e *kernels.Engine, n *Network, images kernels.Matrix) {
	s := n.NewStates(images.Rows)
	rows.Copy(s.H[0], 0, images)
	n.Infer(e, s, TrainInference())
	for i := range 3 {
		want := slowInfer(n, wide(images.Row(i)), TrainInference())
		for l := range want {
			for j, v := range s.H[l].Row(i) {
				if !near(float64(v), want[l][j], 1e-4) {
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
func sampleDeep(t *testing.T, e *kernels.Engine, n *Network, data toy) {
	finite := func(name string, m kernels.Matrix) {
		for x := range rowsOf(m) {
			if slices.ContainsFunc(x, func(v float32) bool { return !(v >= 0 && v <= 1) }) {
				t.Fatalf("%s: pixels %v", name, x)
			}
		}
	}
	for _, settings := range []Sampling{DefaultSampling(), DirectedSampling()} {
		samples, err := n.Generate(t.Context(), e, 20, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		finite(fmt.Sprintf("%d rounds", settings.Rounds), samples)
	}
	noise := Uniform(20, data.dim, 1)
	for _, chain := range []Chain{JointChain, LatentChain} {
		settings := DefaultWalking(chain)
		settings.Steps, settings.VisibleStd = 10, 0.1
		walk, err := n.Walk(t.Context(), e, noise, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		finite(chain.String(), walk.Last)
		before, after := meanNearest(t, e, noise, data), meanNearest(t, e, walk.Last, data)
		t.Logf("%v: from %.3f to %.3f", chain, before, after)
		if after > 0.7*before {
			t.Errorf("%v: squared distance to the data from %v to %v", chain, before, after)
		}
	}
}

// meanNearest is the mean squared distance to the nearest example.
func meanNearest(t *testing.T, e *kernels.Engine, m kernels.Matrix, data Data) float64 {
	squares, err := nearestSquares(t.Context(), e, Rows{m}, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	mean, _ := stat.MeanError(wide(squares))
	if math.IsNaN(mean) {
		t.Fatal("a distance is NaN")
	}
	return mean
}

// fillDeep checks that bars are filled in better than by the pixels' means.
func fillDeep(t *testing.T, e *kernels.Engine, n *Network, data toy, images kernels.Matrix) {
	masks := []Mask{HalfMask(5, 5, Bottom)}
	filled, err := n.Fill(t.Context(), e, images, masks, DefaultFilling(), nil)
	if err != nil {
		t.Fatal(err)
	}
	baseline, err := MeanFill(data, images, masks)
	if err != nil {
		t.Fatal(err)
	}
	ours, _, err := FillError(images, filled.Images, masks)
	if err != nil {
		t.Fatal(err)
	}
	byMean, _, err := FillError(images, baseline, masks)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("fill: error %.4f, means %.4f", ours, byMean)
	if ours > 0.5*byMean {
		t.Errorf("filled in with error %v, by means with %v", ours, byMean)
	}
}

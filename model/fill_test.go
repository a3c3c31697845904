package model_test

import (
	"context"
	"errors"
	"io"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/mask"
	"github.com/targetprop/targetprop/model/measure"
)

// slowFill is the filling in of one image, written down from Section 8.
func slowFill(n *model.Network, start []float64, m mask.Mask, settings model.Filling) []float64 {
	var f, g []modeltest.SlowMap
	for l := range n.Encoders {
		f, g = append(f, modeltest.NewSlowMap(n.Encoders[l])), append(g, modeltest.NewSlowMap(n.Decoders[l]))
	}
	combine := func(x, prediction []float64) []float64 {
		y := slices.Clone(x)
		for j, missing := range m {
			if missing {
				y[j] = prediction[j]
			}
		}
		return y
	}
	delta, alpha := float64(settings.Inference.Delta), float64(settings.Inference.Alpha)
	x := start
	for range settings.Rounds {
		h := [][]float64{x}
		for l := range f {
			h = append(h, f[l].Apply(h[l]))
		}
		for range settings.Inference.Iterations {
			for l := len(f); l >= 1; l-- {
				below := h[l-1]
				if l == 1 {
					below = combine(x, g[0].Apply(h[1]))
				}
				up, own := f[l-1].Apply(below), f[l-1].Apply(g[l-1].Apply(h[l]))
				next := slices.Clone(h[l])
				for j := range next {
					next[j] += delta * (up[j] - own[j])
					if l < len(f) {
						next[j] += alpha * (g[l].Apply(h[l+1])[j] - h[l][j])
					}
				}
				h[l] = next
			}
		}
		x = combine(x, g[0].Apply(h[1]))
	}
	return x
}

func TestFillAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, sizes := range [][]int{{20, 9}, {20, 17, 6}, {20, 17, 12, 5}} {
		n := modeltest.Network(t, e, sizes...)
		images := modeltest.Images(modeltest.Bars{N: 5, Width: 20}, 0, 5)
		each, err := mask.Random(5, 20, 0.4, 1)
		if err != nil {
			t.Fatal(err)
		}
		settings := model.Filling{Seed: 3, Rounds: 3, Inference: model.Inference{Iterations: 3, Delta: 0.1, Alpha: 0.2}}
		for _, masks := range [][]mask.Mask{each, each[:1]} {
			filled, err := n.Fill(t.Context(), e, images, masks, settings, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range images.Rows {
				want := slowFill(n, modeltest.Wide(filled.Start.Row(i)), mask.Of(masks, i), settings)
				for j, v := range filled.Images.Row(i) {
					if !modeltest.Near(float64(v), want[j], 1e-5) {
						t.Fatalf("sizes %v, image %d: pixel %d is %v, want %v", sizes, i, j, v, want[j])
					}
				}
			}
		}
	}
}

// TestFillKeepsVisiblePixels gives NaN for the missing ones: they must not be
// looked at.
func TestFillKeepsVisiblePixels(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 20, 17, 6)
	images := modeltest.Images(modeltest.Bars{N: 230, Width: 20}, 0, 230)
	masks, err := mask.Random(230, 20, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	settings := model.DefaultFilling()
	settings.Rounds = 2
	last := 0
	filled, err := n.Fill(t.Context(), e, images, masks, settings, func(done int) { last = done })
	if err != nil {
		t.Fatal(err)
	}
	if last != 230*2 {
		t.Errorf("progress ends at %d", last)
	}
	hidden := kernels.NewMatrix(230, 20)
	for i := range hidden.Rows {
		copy(hidden.Row(i), images.Row(i))
		for j, missing := range masks[i] {
			if missing {
				hidden.Row(i)[j] = float32(math.NaN())
			} else if filled.Images.Row(i)[j] != images.Row(i)[j] || filled.Start.Row(i)[j] != images.Row(i)[j] {
				t.Fatalf("visible pixel %d of image %d changed", j, i)
			}
		}
	}
	again, err := n.Fill(t.Context(), e, hidden, masks, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	if modeltest.FirstDifference(filled.Images.Data, again.Images.Data) >= 0 {
		t.Error("the missing pixels were looked at")
	}
	if _, err := n.Fill(t.Context(), e, kernels.Matrix{Rows: 1 << 20, Cols: 1 << 10, Stride: 16, Data: images.Data}, masks, settings, nil); err == nil {
		t.Error("images that are not there: no error")
	}
	few, err := n.Fill(t.Context(), e, images.Slice(0, 3), masks[:3], settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(few.Images.Row(2), filled.Images.Row(2)) {
		t.Error("image 2 depends on how many there are")
	}
}

func TestFillRecoversBars(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	data := modeltest.Bars{N: 160, Width: 25}
	n := modeltest.Trained(t, e, data, 40, 25, 32, 16)
	images := kernels.NewMatrix(40, 25) // not seen in training
	rows.Read(images, modeltest.Bars{N: 200, Width: 25}, 160)
	random, err := mask.Random(40, 25, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	for name, masks := range map[string][]mask.Mask{"random": random, "half": {mask.Half(5, 5, mask.Bottom)}} {
		mse := func(filled kernels.Matrix, err error) float64 {
			if err != nil {
				t.Fatal(err)
			}
			mean, _, err := measure.FillError(images, filled, masks)
			if err != nil {
				t.Fatal(err)
			}
			return mean
		}
		filled, err := n.Fill(t.Context(), e, images, masks, model.DefaultFilling(), nil)
		ours, start := mse(filled.Images, err), mse(filled.Start, err)
		byMean := mse(measure.MeanFill(data, images, masks))
		byNearest := mse(measure.NearestFill(t.Context(), e, data, images, masks, nil))
		t.Logf("%s: error %.4f, from %.4f; means %.4f, nearest %.4f", name, ours, start, byMean, byNearest)
		if ours > 0.2*byMean || ours > 0.2*start {
			t.Errorf("%s: error %v, from %v at the start; means have %v", name, ours, start, byMean)
		}
	}
}

func TestFillHasTheSameBitsEverywhere(t *testing.T) {
	images := modeltest.Images(modeltest.Bars{N: 9, Width: 30}, 0, 9)
	masks, err := mask.Random(9, 30, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
		settings := model.DefaultFilling()
		settings.Rounds = 2
		filled, err := modeltest.Network(t, e, 30, 21, 13).Fill(t.Context(), e, images, masks, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		return filled.Images.Data
	})
}

func TestBadFills(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 4, 3)
	images, half := modeltest.Images(modeltest.Bars{N: 3, Width: 4}, 0, 3), mask.Half(2, 2, mask.Left)
	good := model.DefaultFilling()
	bad := good
	bad.Rounds = -1
	for name, test := range map[string]struct {
		images   kernels.Matrix
		masks    []mask.Mask
		settings model.Filling
	}{
		"rounds":     {images, []mask.Mask{half}, bad},
		"width":      {modeltest.Images(modeltest.Bars{N: 3, Width: 5}, 0, 3), []mask.Mask{half}, good},
		"mask width": {images, []mask.Mask{half[:3]}, good},
		"masks":      {images, []mask.Mask{half, half}, good},
	} {
		if _, err := n.Fill(t.Context(), e, test.images, test.masks, test.settings, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.Fill(ctx, e, images, []mask.Mask{half}, good, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}

// TestFillRounds: after each round it shows what Fill of so many rounds gives, and
// an error ends it.
func TestFillRounds(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 20, 17, 6)
	images := modeltest.Images(modeltest.Bars{N: 150, Width: 20}, 0, 150) // more than are done at a time
	masks, err := mask.Random(150, 20, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	settings := model.DefaultFilling()
	settings.Rounds = 2
	shown := []kernels.Matrix{kernels.NewMatrix(150, 20), kernels.NewMatrix(150, 20), kernels.NewMatrix(150, 20)}
	err = n.FillRounds(t.Context(), e, images, masks, settings, func(first, round int, now kernels.Matrix) error {
		for i := range now.Rows {
			copy(shown[round].Row(first+i), now.Row(i))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for round, got := range shown {
		settings.Rounds = round
		want, err := n.Fill(t.Context(), e, images, masks, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		if modeltest.FirstDifference(got.Data, want.Images.Data) >= 0 {
			t.Errorf("after round %d other images than those of Fill", round)
		}
	}
	calls := 0
	err = n.FillRounds(t.Context(), e, images, masks, settings, func(int, int, kernels.Matrix) error {
		calls++
		return io.ErrUnexpectedEOF
	})
	if err != io.ErrUnexpectedEOF || calls != 1 {
		t.Errorf("error %v after %d calls", err, calls)
	}
}

package measure

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/mask"
)

// TestNearestFillOfGroups: each of two groups far apart, whose members are near each other, is found by itself.
func TestNearestFillOfGroups(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	examples := random.Uniform(600, 30, 1)
	for i := range examples.Rows {
		for j := range examples.Row(i) {
			examples.Row(i)[j] = float32(i%2*1000) + 0.1*examples.Row(i)[j]
		}
	}
	examples.Row(599)[3] = 1e9 // of which the others know nothing
	hidden := make(mask.Mask, 30)
	hidden[7] = true
	filled, err := NearestFill(t.Context(), e, model.Rows{Matrix: examples}, examples, []mask.Mask{hidden}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if i := modeltest.FirstDifference(filled.Data, examples.Data); i >= 0 {
		t.Errorf("number %d is another example's", i)
	}
}

// TestNearestFillAgainstDefinition has more examples than are compared at a time.
func TestNearestFillAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := model.Rows{Matrix: random.Uniform(pointsAtATime+900, 6, 1)}
	images := random.Uniform(300, 6, 2)
	masks, err := mask.Random(300, 6, 0.4, 1)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	filled, err := NearestFill(t.Context(), e, data, images, masks, func(done int) { last = done })
	if err != nil {
		t.Fatal(err)
	}
	if last != 300*data.Len() {
		t.Errorf("progress ends at %d", last)
	}
	late := 0
	for i := range images.Rows {
		square := func(x []float32) float64 {
			var sum float64
			for j, missing := range masks[i] {
				if !missing {
					d := float64(x[j] - images.Row(i)[j])
					sum += d * d
				}
			}
			return sum
		}
		best := math.Inf(1)
		for p := range data.Len() {
			best = min(best, square(data.Row(p)))
		}
		// It is taken from an example that is as near, up to rounding.
		found := slices.IndexFunc(slices.Collect(modeltest.Rows(data.Matrix)), func(x []float32) bool {
			for j, missing := range masks[i] {
				if missing && x[j] != filled.Row(i)[j] {
					return false
				}
			}
			return square(x) <= best+1e-6
		})
		if found < 0 {
			t.Fatalf("image %d is not filled in from the nearest example", i)
		}
		if found >= pointsAtATime {
			late++
		}
		for j, missing := range masks[i] {
			if !missing && filled.Row(i)[j] != images.Row(i)[j] {
				t.Fatalf("visible pixel %d of image %d changed", j, i)
			}
		}
	}
	if late == 0 {
		t.Error("no image took an example of the second block")
	}
}

func TestFillErrorAndMeanFill(t *testing.T) {
	truth := modeltest.Matrix([]float32{0, 1, 0}, []float32{1, 1, 1}, []float32{1, 0, 1})
	masks := []mask.Mask{{true, true, false}, {false, false, false}, {false, false, true}}
	filled, err := MeanFill(model.Rows{Matrix: modeltest.Matrix([]float32{0, 0.25, 0}, []float32{1, 0.75, 0.5})}, truth, masks)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]float32{{0.5, 0.5, 0}, {1, 1, 1}, {1, 0, 0.25}} {
		if !slices.Equal(filled.Row(i), want) {
			t.Errorf("image %d is %v, want %v", i, filled.Row(i), want)
		}
	}
	mean, stdErr, err := FillError(truth, filled, masks)
	// Image 0 has 0.25, image 2 has 0.5625; image 1 misses nothing.
	if want := 0.15625; err != nil || !modeltest.Near(mean, 0.40625, 1e-12) || !modeltest.Near(stdErr, want, 1e-12) {
		t.Errorf("error %v +- %v (%v), want 0.40625 +- %v", mean, stdErr, err, want)
	}
	if mean, stdErr, err = FillError(truth.Slice(0, 1), filled.Slice(0, 1), masks[:1]); err != nil || mean != 0.25 || stdErr != 0 {
		t.Errorf("error of one image %v +- %v (%v), want 0.25 +- 0", mean, stdErr, err)
	}
}

func TestNearestFillHasTheSameBitsEverywhere(t *testing.T) {
	images := modeltest.Images(modeltest.Bars{N: 9, Width: 30}, 0, 9)
	masks, err := mask.Random(9, 30, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
		nearest, err := NearestFill(t.Context(), e, modeltest.Bars{N: 50, Width: 30}, images, masks, nil)
		if err != nil {
			t.Fatal(err)
		}
		return nearest.Data
	})
}

func TestBadFills(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	images, half := random.Uniform(3, 4, 1), []mask.Mask{mask.Half(2, 2, mask.Left)}
	for name, try := range map[string]func() error{
		"mean width": func() error { _, err := MeanFill(modeltest.Bars{N: 3, Width: 5}, images, half); return err },
		"nearest none": func() error {
			_, err := NearestFill(t.Context(), e, modeltest.Bars{Width: 4}, images, half, nil)
			return err
		},
		"error of none": func() error { _, _, err := FillError(images, images, []mask.Mask{make(mask.Mask, 4)}); return err },
		"error shapes":  func() error { _, _, err := FillError(images, images.Slice(0, 2), half); return err },
	} {
		if try() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NearestFill(ctx, e, modeltest.Bars{N: 9, Width: 4}, images, half, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}

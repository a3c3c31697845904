package measure

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
)

func TestPrecisionAndRecallWhereTheyAreKnown(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for name, test := range map[string]struct {
		real, samples            kernels.Matrix
		precisionLo, precisionHi float64
		recallLo, recallHi       float64
	}{
		"identical":      {cloud(300, 10, 0, 1), cloud(300, 10, 0, 1), 1, 1, 1, 1},
		"disjoint":       {cloud(300, 10, 0, 1), cloud(300, 10, 9, 2), 0, 0, 0, 0},
		"alike":          {cloud(300, 4, 0, 1), cloud(300, 4, 0, 2), 0.85, 1, 0.85, 1},
		"a mode dropped": {stack(cloud(150, 4, 0, 1), cloud(150, 4, 9, 2)), cloud(300, 4, 0, 3), 0.85, 1, 0.4, 0.5},
		"half rubbish":   {cloud(300, 4, 0, 1), stack(cloud(150, 4, 0, 2), cloud(150, 4, 9, 3)), 0.4, 0.5, 0.85, 1},
		// Samples that are all one example look real and have no variety.
		"one example": {cloud(300, 4, 0, 1), stack(slices.Repeat([]kernels.Matrix{cloud(1, 4, 0, 1)}, 300)...), 1, 1, 0, 0.02},
	} {
		got, err := EstimatePrecisionRecall(t.Context(), e, test.real, test.samples, PrecisionNeighbours, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.Precision < test.precisionLo || got.Precision > test.precisionHi || got.Recall < test.recallLo || got.Recall > test.recallHi {
			t.Errorf("%s: %+v, want precision %v to %v, recall %v to %v", name, got, test.precisionLo, test.precisionHi, test.recallLo, test.recallHi)
		}
	}
}

// slowShareInside is the share of data within the balls round the points that
// reach to their k-th nearest neighbour.
func slowShareInside(points, data kernels.Matrix, k int) float64 {
	square := func(a, b []float32) float64 {
		var sum float64
		for j := range a {
			sum += (float64(a[j]) - float64(b[j])) * (float64(a[j]) - float64(b[j]))
		}
		return sum
	}
	var radii []float64
	for i := range points.Rows {
		var all []float64
		for j := range points.Rows {
			if i != j {
				all = append(all, square(points.Row(i), points.Row(j)))
			}
		}
		slices.Sort(all)
		radii = append(radii, all[k-1])
	}
	inside := 0
	for x := range modeltest.Rows(data) {
		for i := range points.Rows {
			if square(x, points.Row(i)) <= radii[i] {
				inside++
				break
			}
		}
	}
	return float64(inside) / float64(data.Rows)
}

func TestPrecisionAndRecallAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for k := 1; k <= 5; k++ {
		real, samples := cloud(310, 6, 0, 1), cloud(270, 6, 0.2, 2)
		last := 0
		got, err := EstimatePrecisionRecall(t.Context(), e, real, samples, k, func(done int) { last = done })
		if err != nil {
			t.Fatal(err)
		}
		if last != 580*580 {
			t.Errorf("progress ends at %d, want %d", last, 580*580)
		}
		if want := (PrecisionRecall{slowShareInside(real, samples, k), slowShareInside(samples, real, k)}); got != want {
			t.Errorf("k = %d: %+v, want %+v", k, got, want)
		}
	}
}

func TestKthSmallest(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := 1; n < 30; n++ {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(rng.IntN(12)) // with ties
		}
		sorted := slices.Sorted(slices.Values(x))
		for k := 1; k <= n; k++ {
			if got := kthSmallest(x, k); got != sorted[k-1] {
				t.Fatalf("number %d of %v is %v, want %v", k, x, got, sorted[k-1])
			}
		}
	}
}

func TestBadQuality(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	a, b := random.Uniform(9, 4, 1), random.Uniform(9, 5, 1)
	for name, try := range map[string]func() error{
		"no neighbour": func() error { _, err := EstimatePrecisionRecall(t.Context(), e, a, a, 0, nil); return err },
		"too few":      func() error { _, err := EstimatePrecisionRecall(t.Context(), e, a, a.Slice(0, 3), 3, nil); return err },
		"width":        func() error { _, err := EstimatePrecisionRecall(t.Context(), e, a, b, 3, nil); return err },
		"no samples": func() error {
			_, err := EstimateCopies(t.Context(), e, a.Slice(0, 0), model.Rows{Matrix: a}, CopyThreshold{}, nil)
			return err
		},
		"copies width": func() error {
			_, err := EstimateCopies(t.Context(), e, a, model.Rows{Matrix: b}, CopyThreshold{}, nil)
			return err
		},
		"held out": func() error {
			_, err := EstimateCopyThreshold(t.Context(), e, model.Rows{Matrix: a}, modeltest.Bars{Width: 4}, nil)
			return err
		},
	} {
		if try() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := EstimatePrecisionRecall(ctx, e, a, a, 3, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
	if _, err := EstimateCopies(ctx, e, a, model.Rows{Matrix: a}, CopyThreshold{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}

func TestQualityHasTheSameBitsEverywhere(t *testing.T) {
	real, samples := cloud(150, 20, 0, 1), cloud(130, 20, 0.2, 2)
	type measured struct {
		PrecisionRecall
		CopyThreshold
		Copies
	}
	run := func(e *kernels.Engine) (m measured) {
		var err error
		if m.PrecisionRecall, err = EstimatePrecisionRecall(t.Context(), e, real, samples, 3, nil); err != nil {
			t.Fatal(err)
		}
		if m.CopyThreshold, err = EstimateCopyThreshold(t.Context(), e, model.Rows{Matrix: real}, modeltest.Bars{N: 90, Width: 20}, nil); err != nil {
			t.Fatal(err)
		}
		if m.Copies, err = EstimateCopies(t.Context(), e, samples, model.Rows{Matrix: real}, m.CopyThreshold, nil); err != nil {
			t.Fatal(err)
		}
		return m
	}
	want := run(modeltest.Engine(t, kernels.Generic, 1))
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 2, 7} {
			if got := run(modeltest.Engine(t, isa, threads)); got != want {
				t.Errorf("%v with %d threads: %+v, want %+v", isa, threads, got, want)
			}
		}
	}
}

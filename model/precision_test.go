package model

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// cloud is n points of dim numbers round a place on the diagonal.
func cloud(n, dim int, place float32, seed uint64) kernels.Matrix {
	m := Uniform(n, dim, seed)
	for i := range n {
		for j := range m.Row(i) {
			m.Row(i)[j] += place
		}
	}
	return m
}

func stack(parts ...kernels.Matrix) kernels.Matrix {
	count := 0
	for _, p := range parts {
		count += p.Rows
	}
	m := kernels.NewMatrix(count, parts[0].Cols)
	count = 0
	for _, p := range parts {
		rows.Copy(m, count, p)
		count += p.Rows
	}
	return m
}

func TestPrecisionAndRecallWhereTheyAreKnown(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
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
	for x := range rowsOf(data) {
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
	e := newEngine(t, kernels.AVX512, 2)
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

// TestCopies has more examples than are compared at a time.
func TestCopies(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	train := cloud(pointBlock+500, 8, 0, 1)
	heldOut := cloud(400, 8, 0, 2)
	fresh := cloud(100, 8, 3, 3)
	samples := stack(train.Slice(0, 30), fresh.Slice(0, 40), train.Slice(pointBlock+470, pointBlock+500))
	last := 0
	honest, err := EstimateCopyThreshold(t.Context(), e, Rows{train}, Rows{heldOut}, func(done int) { last = done })
	if err != nil {
		t.Fatal(err)
	}
	if last != 400*train.Rows {
		t.Errorf("progress ends at %d, want %d", last, 400*train.Rows)
	}
	got, err := EstimateCopies(t.Context(), e, samples, Rows{train}, honest, nil)
	if err != nil {
		t.Fatal(err)
	}
	nearest := func(m kernels.Matrix) []float64 {
		var all []float64
		for x := range rowsOf(m) {
			best := math.Inf(1)
			for p := range rowsOf(train) {
				var sum float64
				for j := range x {
					sum += (float64(x[j]) - float64(p[j])) * (float64(x[j]) - float64(p[j]))
				}
				best = min(best, math.Sqrt(sum))
			}
			all = append(all, best)
		}
		slices.Sort(all)
		return all
	}
	distances := nearest(heldOut)
	// 399 gaps: the 1st percentile lies 0.99 of the way from number 3 to 4.
	threshold := distances[3] + 0.99*(distances[4]-distances[3])
	if got.Share != 0.6 || !near(honest.Distance, threshold, 1e-4) {
		t.Errorf("share %v below %v, want 0.6 below %v", got.Share, honest.Distance, threshold)
	}
	if want := (distances[199] + distances[200]) / 2; !near(honest.Median, want, 1e-4) {
		t.Errorf("median distance held out %v, want %v", honest.Median, want)
	}
	if got.Median > 2e-3 { // the rounding of products
		t.Errorf("median distance of samples %v, want 0", got.Median)
	}
	honestly, err := EstimateCopies(t.Context(), e, heldOut, Rows{train}, honest, nil)
	if err != nil {
		t.Fatal(err)
	}
	if honestly.Share != 0.01 || honestly.Median != honest.Median {
		t.Errorf("held-out examples: %+v, want a share of 0.01 and a median of %v", honestly, honest.Median)
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
		if m.CopyThreshold, err = EstimateCopyThreshold(t.Context(), e, Rows{real}, toy{n: 90, dim: 20}, nil); err != nil {
			t.Fatal(err)
		}
		if m.Copies, err = EstimateCopies(t.Context(), e, samples, Rows{real}, m.CopyThreshold, nil); err != nil {
			t.Fatal(err)
		}
		return m
	}
	want := run(newEngine(t, kernels.Generic, 1))
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 2, 7} {
			if got := run(newEngine(t, isa, threads)); got != want {
				t.Errorf("%v with %d threads: %+v, want %+v", isa, threads, got, want)
			}
		}
	}
}

func TestBadQuality(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	a, b := Uniform(9, 4, 1), Uniform(9, 5, 1)
	for name, try := range map[string]func() error{
		"no neighbour": func() error { _, err := EstimatePrecisionRecall(t.Context(), e, a, a, 0, nil); return err },
		"too few":      func() error { _, err := EstimatePrecisionRecall(t.Context(), e, a, a.Slice(0, 3), 3, nil); return err },
		"width":        func() error { _, err := EstimatePrecisionRecall(t.Context(), e, a, b, 3, nil); return err },
		"no samples": func() error {
			_, err := EstimateCopies(t.Context(), e, a.Slice(0, 0), Rows{a}, CopyThreshold{}, nil)
			return err
		},
		"copies width": func() error { _, err := EstimateCopies(t.Context(), e, a, Rows{b}, CopyThreshold{}, nil); return err },
		"held out":     func() error { _, err := EstimateCopyThreshold(t.Context(), e, Rows{a}, toy{dim: 4}, nil); return err },
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
	if _, err := EstimateCopies(ctx, e, a, Rows{a}, CopyThreshold{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}

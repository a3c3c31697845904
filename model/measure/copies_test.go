package measure

import (
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestCopies has more examples than are compared at a time.
func TestCopies(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	train := cloud(pointsAtATime+500, 8, 0, 1)
	heldOut := cloud(400, 8, 0, 2)
	fresh := cloud(100, 8, 3, 3)
	samples := stack(train.Slice(0, 30), fresh.Slice(0, 40), train.Slice(pointsAtATime+470, pointsAtATime+500))
	last := 0
	honest, err := EstimateCopyThreshold(t.Context(), e, model.Rows{Matrix: train}, model.Rows{Matrix: heldOut}, func(done int) { last = done })
	if err != nil {
		t.Fatal(err)
	}
	if last != 400*train.Rows {
		t.Errorf("progress ends at %d, want %d", last, 400*train.Rows)
	}
	got, err := EstimateCopies(t.Context(), e, samples, model.Rows{Matrix: train}, honest, nil)
	if err != nil {
		t.Fatal(err)
	}
	nearest := func(m kernels.Matrix) []float64 {
		var all []float64
		for x := range modeltest.Rows(m) {
			best := math.Inf(1)
			for p := range modeltest.Rows(train) {
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
	if got.Share != 0.6 || !modeltest.Near(honest.Distance, threshold, 1e-4) {
		t.Errorf("share %v below %v, want 0.6 below %v", got.Share, honest.Distance, threshold)
	}
	if want := (distances[199] + distances[200]) / 2; !modeltest.Near(honest.Median, want, 1e-4) {
		t.Errorf("median distance held out %v, want %v", honest.Median, want)
	}
	if got.Median > 2e-3 { // the rounding of products
		t.Errorf("median distance of samples %v, want 0", got.Median)
	}
	honestly, err := EstimateCopies(t.Context(), e, heldOut, model.Rows{Matrix: train}, honest, nil)
	if err != nil {
		t.Fatal(err)
	}
	if honestly.Share != 0.01 || honestly.Median != honest.Median {
		t.Errorf("held-out examples: %+v, want a share of 0.01 and a median of %v", honestly, honest.Median)
	}
}

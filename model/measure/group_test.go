package measure_test

import (
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/measure"
)

// TestSameBitsInGroups: a Parzen estimate and centres do not depend on the number
// of processes, and all have them.
func TestSameBitsInGroups(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	data := modeltest.Bars{N: 700, Width: 13} // more than a chunk of some groups
	var want []float64
	for _, size := range []int{1, 2, 3, 7} {
		got := make([][]float64, size)
		grouptest.Together(t, size, func(g grouptest.Member) error {
			centres, err := measure.KMeans(t.Context(), e, data, 17, 3, 1, nil, measure.In(g))
			if err != nil {
				return err
			}
			var done []int
			p, err := measure.EstimateParzen(t.Context(), e, centres, data, data, func(d int) { done = append(done, d) }, measure.In(g))
			if !slices.IsSorted(done) || done[len(done)-1] != data.N {
				t.Errorf("%d ranks: progress %v of %d", size, done, data.N)
			}
			all := []float64{p.Mean, p.StdErr, p.Sigma}
			for i := range centres.Rows {
				all = append(all, modeltest.Wide(centres.Row(i))...)
			}
			got[g.Rank()] = all
			return err
		})
		if want == nil {
			want = got[0]
		}
		for r := range got {
			if i := modeltest.FirstDifference(got[r], want); i >= 0 {
				t.Errorf("number %d of rank %d of %d differs from one process alone", i, r, size)
			}
		}
	}
	centres, err := measure.KMeans(t.Context(), e, data, 17, 3, 1, nil)
	if err != nil || centres.Row(0)[0] != float32(want[3]) {
		t.Errorf("without a group: %v, error %v", centres.Row(0)[0], err)
	}
}

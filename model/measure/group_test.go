package measure_test

import (
	"math"
	"slices"
	"strings"
	"sync/atomic"
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

// late gives no number, or has a size that nobody can tell, from some call on in one process.
type late struct {
	modeltest.Bars
	calls   *atomic.Int32
	nan     int32
	noSize  int32
	dimAsks *atomic.Int32
}

func (l late) Read(i int, dst []float32) {
	l.Bars.Read(i, dst)
	if l.calls.Add(1) > l.nan {
		dst[0] = float32(math.NaN())
	}
}

func (l late) Dim() int {
	if l.dimAsks.Add(1) > l.noSize {
		panic("no size")
	}
	return l.Bars.Dim()
}

// TestErrorsAtTheEnd: what one process alone finds wrong, also in the means of the last round, is an error in all. How many
// numbers an example has is asked before they begin.
func TestErrorsAtTheEnd(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	bars := modeltest.Bars{N: 40, Width: 13}
	for _, c := range []struct {
		name        string
		nan, noSize int32
		want        string
	}{
		{"all right", 1000, 2, ""},
		{"NaN in the last round", 3 + 20 + 10, 2, "NaN"}, // the first centres, half of the examples, and then all
	} {
		grouptest.Together(t, 2, func(g grouptest.Member) error {
			data := late{bars, new(atomic.Int32), math.MaxInt32, 2, new(atomic.Int32)}
			if g.Rank() == 1 {
				data.nan, data.noSize = c.nan, c.noSize
			}
			_, err := measure.KMeans(t.Context(), e, data, 3, 1, 1, nil, measure.In(g))
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: rank %d: %v, want %q", c.name, g.Rank(), err, c.want)
			}
			return nil
		})
	}
}

package model_test

import (
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

func TestInferFollowsAlgorithm2(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, sizes := range [][]int{{20, 9}, {20, 17, 6}, {20, 17, 12, 5}, {7, 6, 5, 4, 3, 2}} {
		n := modeltest.Network(t, e, sizes...)
		data := modeltest.Bars{N: 5, Width: sizes[0]}
		settings := model.Inference{Iterations: 7, Delta: 0.1, Alpha: 0.2}
		s := n.NewStates(data.N)
		for i := range data.N {
			data.Read(i, s.H[0].Row(i))
		}
		n.Infer(e, s, settings)
		for i := range data.N {
			want := modeltest.NewSlowNetwork(n).Infer(modeltest.Wide(s.H[0].Row(i)), settings)
			for l := range want {
				for j, v := range s.H[l].Row(i) {
					if !modeltest.Near(float64(v), want[l][j], 1e-5) {
						t.Fatalf("sizes %v, example %d: h[%d][%d] = %v, want %v", sizes, i, l, j, v, want[l][j])
					}
				}
			}
		}
	}
}

// TestPriorInParts: the prior of features that are not kept is that of features that are,
// bit for bit, in groups too.
func TestPriorInParts(t *testing.T) {
	defer model.KeepFeatures(model.KeepFeatures(1000))
	var want []float32
	for _, size := range []int{0, 1, 3} { // 0: kept
		all := engines(t, max(size, 1))
		if size == 1 {
			model.KeepFeatures(1)
		}
		grouptest.Together(t, max(size, 1), func(g grouptest.Member) error {
			n, err := model.New(model.DefaultConfig(30, 21, 4), 3, all[g.Rank()])
			if err != nil {
				return err
			}
			n.Group = g
			last := 0
			err = n.EstimatePrior(t.Context(), all[g.Rank()], modeltest.Bars{N: 230, Width: 30}, model.TrainInference(), func(done int) { last = done })
			got := slices.Concat(n.Prior.Mean, n.Prior.Std)
			if g.Rank() == 0 && want == nil {
				want = got
			}
			if last != 230 || len(got) != 8 || modeltest.FirstDifference(got, want) >= 0 {
				t.Errorf("%d ranks: prior %v, want %v; progress ends at %d", size, got, want, last)
			}
			return err
		})
	}
}

func TestFeaturesAreInferredStates(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 20, 17, 6)
	data := modeltest.Bars{N: 230, Width: 20}
	x := make([]float32, 20)
	for l := range 3 {
		got, err := n.Features(t.Context(), e, data, l, model.TrainInference(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range []int{0, 205, 229} {
			data.Read(i, x)
			for j, want := range modeltest.NewSlowNetwork(n).Infer(modeltest.Wide(x), model.TrainInference())[l] {
				if v := got.Row(i)[j]; !modeltest.Near(float64(v), want, 1e-5) {
					t.Fatalf("feature %d of example %d in layer %d is %v, want %v", j, i, l, v, want)
				}
			}
		}
	}
}

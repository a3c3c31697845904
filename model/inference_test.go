package model_test

import (
	"testing"

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

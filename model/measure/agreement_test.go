package measure

import (
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// TestAgreementIsThatOfTheGradients compares with numerical gradients and slow
// estimates at slow states.
func TestAgreementIsThatOfTheGradients(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	const examples = rows.Inferred + 3
	for _, n := range modeltest.TinyNetworks(t, e) {
		m := modeltest.NewSlowNetwork(n)
		data := modeltest.Bars{N: examples, Width: n.Config.Sizes[0]}
		for _, settings := range []model.Inference{{}, {Iterations: 3, Delta: 0.1, Alpha: 0.2}} {
			got, err := TargetpropAgreement(t.Context(), e, n, data, settings, nil)
			if err != nil {
				t.Fatal(err)
			}
			cosines, ratios := make([][]float64, len(m.F)), make([][]float64, len(m.F))
			x := make([]float32, data.Width)
			for i := range examples {
				data.Read(i, x)
				h := modeltest.NewSlowNetwork(n).Infer(modeltest.Wide(x), settings)
				for l := 1; l < len(h); l++ {
					estimate := m.F[l-1].Apply(h[l-1])
					for j, v := range m.F[l-1].Apply(m.G[l-1].Apply(h[l])) {
						estimate[j] -= v
					}
					var ab, aa, bb float64
					for j, v := range estimate {
						g := modeltest.Slope(&h[l][j], func() float64 { return modeltest.LogGaussian(h[l-1], m.G[l-1].Apply(h[l])) })
						ab, aa, bb = ab+v*g, aa+v*v, bb+g*g
					}
					cosines[l-1] = append(cosines[l-1], ab/math.Sqrt(aa*bb))
					ratios[l-1] = append(ratios[l-1], math.Sqrt(aa/bb))
				}
			}
			for i, a := range got {
				cosine, cosineErr := stat.MeanError(cosines[i])
				ratio, ratioErr := stat.MeanError(ratios[i])
				want := Agreement{i + 1, examples, cosine, cosineErr, ratio, ratioErr}
				if a.Layer != i+1 || a.Examples != examples || !modeltest.Near(a.Cosine, cosine, 1e-4) || !modeltest.Near(a.CosineErr, cosineErr, 1e-4) ||
					!modeltest.Near(a.Ratio, ratio, 1e-4) || !modeltest.Near(a.RatioErr, ratioErr, 1e-4) {
					t.Errorf("sizes %v, %v: %+v, want %+v", n.Config.Sizes, settings, a, want)
				}
			}
			if len(got) != len(m.F) {
				t.Errorf("sizes %v: %d layers", n.Config.Sizes, len(got))
			}
			start, end := n.NewStates(examples), n.NewStates(examples)
			for i := range examples {
				data.Read(i, start.H[0].Row(i))
				data.Read(i, end.H[0].Row(i))
			}
			n.Start(e, start)
			n.Infer(e, end, settings)
			at := StatesAgreement(e, n, start, end)
			if len(at) != 2 || !slices.Equal(at[1], got) || settings.Iterations == 0 && !slices.Equal(at[0], got) {
				t.Errorf("sizes %v, %v: at given states %+v, want %+v", n.Config.Sizes, settings, at, got)
			}
		}
	}
}

// TestAgreementWithoutGradient leaves examples out whose gradient is zero: with
// all weights 0 and ReLU nothing gets through.
func TestAgreementWithoutGradient(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	config := model.Config{Sizes: []int{4, 3}, Encoders: []kernels.Activation{kernels.ReLU}, Decoders: []kernels.Activation{kernels.ReLU}}
	n, err := model.New(config, 1, e)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range n.Maps() {
		clear(m.Weights.Data)
	}
	got, err := TargetpropAgreement(t.Context(), e, n, modeltest.Bars{N: 3, Width: 4}, model.Inference{}, nil)
	if err != nil || len(got) != 1 || got[0].Examples != 0 || !math.IsNaN(got[0].Cosine) {
		t.Errorf("%+v, error %v", got, err)
	}
	if _, err := TargetpropAgreement(t.Context(), e, n, modeltest.Bars{N: 3, Width: 5}, model.Inference{}, nil); err == nil {
		t.Error("wrong width: no error")
	}
}

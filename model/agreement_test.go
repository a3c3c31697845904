package model

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// TestAgreementIsThatOfTheGradients compares with numerical gradients and slow
// estimates at slow states.
func TestAgreementIsThatOfTheGradients(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	const examples = rows.Inferred + 3
	for _, n := range tinyNetworks(t, e) {
		m := slowNetwork(n)
		data := toy{n: examples, dim: n.Config.Sizes[0]}
		for _, settings := range []Inference{{}, {Iterations: 3, Delta: 0.1, Alpha: 0.2}} {
			got, err := n.TargetpropAgreement(t.Context(), e, data, settings, nil)
			if err != nil {
				t.Fatal(err)
			}
			cosines, ratios := make([][]float64, len(m.f)), make([][]float64, len(m.f))
			x := make([]float32, data.dim)
			for i := range examples {
				data.Read(i, x)
				h := slowInfer(n, wide(x), settings)
				for l := 1; l < len(h); l++ {
					estimate := m.f[l-1].apply(h[l-1])
					for j, v := range m.f[l-1].apply(m.g[l-1].apply(h[l])) {
						estimate[j] -= v
					}
					var ab, aa, bb float64
					for j, v := range estimate {
						g := slope(&h[l][j], func() float64 { return slowLogGaussian(h[l-1], m.g[l-1].apply(h[l])) })
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
				if a.Layer != i+1 || a.Examples != examples || !near(a.Cosine, cosine, 1e-4) || !near(a.CosineErr, cosineErr, 1e-4) ||
					!near(a.Ratio, ratio, 1e-4) || !near(a.RatioErr, ratioErr, 1e-4) {
					t.Errorf("sizes %v, %v: %+v, want %+v", n.Config.Sizes, settings, a, want)
				}
			}
			if len(got) != len(m.f) {
				t.Errorf("sizes %v: %d layers", n.Config.Sizes, len(got))
			}
		}
	}
}

// TestAgreementWithoutGradient leaves examples out whose gradient is zero: with
// all weights 0 and ReLU nothing gets through.
func TestAgreementWithoutGradient(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	config := Config{Sizes: []int{4, 3}, Encoders: []kernels.Activation{kernels.ReLU}, Decoders: []kernels.Activation{kernels.ReLU}}
	n, err := newZero(config)
	if err != nil {
		t.Fatal(err)
	}
	got, err := n.TargetpropAgreement(t.Context(), e, toy{n: 3, dim: 4}, Inference{}, nil)
	if err != nil || len(got) != 1 || got[0].Examples != 0 || !math.IsNaN(got[0].Cosine) {
		t.Errorf("%+v, error %v", got, err)
	}
	if _, err := n.TargetpropAgreement(t.Context(), e, toy{n: 3, dim: 5}, Inference{}, nil); err == nil {
		t.Error("wrong width: no error")
	}
}

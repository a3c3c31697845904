package measure

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

func TestParzenAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	samples := Sample(modeltest.Bars{N: 300, Width: 25, Noise: 1}, 200, 1)
	valid, test := modeltest.Bars{N: 40, Width: 25, Noise: 0.9}, modeltest.Bars{N: 300, Width: 25, Noise: 0.9}
	got, err := EstimateParzen(t.Context(), e, samples, valid, test, nil)
	if err != nil {
		t.Fatal(err)
	}
	define := func(data modeltest.Bars, sigma float64) (mean, stdErr float64) {
		var lls []float64
		x := make([]float32, data.Width)
		for i := range data.N {
			data.Read(i, x)
			var sum float64
			for s := range samples.Rows {
				var square float64
				for j, v := range samples.Row(s) {
					square += float64(x[j]-v) * float64(x[j]-v)
				}
				sum += math.Exp(-square / (2 * sigma * sigma))
			}
			lls = append(lls, math.Log(sum/float64(samples.Rows))-float64(data.Width)*math.Log(sigma*math.Sqrt(2*math.Pi)))
		}
		return stat.MeanError(lls)
	}
	mean, stdErr := define(test, got.Sigma)
	if !modeltest.Near(got.Mean, mean, 1e-4) || !modeltest.Near(got.StdErr, stdErr, 1e-4) {
		t.Errorf("log-likelihood %v +- %v, want %v +- %v", got.Mean, got.StdErr, mean, stdErr)
	}
	// No other width is better on the validation images.
	best, _ := define(valid, got.Sigma)
	var sigmas []float64
	for i := range 60 {
		sigmas = append(sigmas, 0.05*math.Pow(20, float64(i)/59))
	}
	for _, sigma := range sigmas {
		if mean, _ := define(valid, sigma); mean > best+0.05 {
			t.Errorf("sigma %v gives %v on validation, the chosen %v only %v", sigma, mean, got.Sigma, best)
		}
	}
}

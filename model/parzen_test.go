package model

import (
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
)

func TestParzenAgainstDefinition(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	samples := Sample(toy{n: 300, dim: 25, noise: 1}, 200, 1)
	valid, test := toy{n: 40, dim: 25, noise: 0.9}, toy{n: 300, dim: 25, noise: 0.9}
	got, err := EstimateParzen(t.Context(), e, samples, valid, test, nil)
	if err != nil {
		t.Fatal(err)
	}
	define := func(data toy, sigma float64) (mean, stdErr float64) {
		var lls []float64
		x := make([]float32, data.dim)
		for i := range data.n {
			data.Read(i, x)
			var sum float64
			for s := range samples.Rows {
				var square float64
				for j, v := range samples.Row(s) {
					square += float64(x[j]-v) * float64(x[j]-v)
				}
				sum += math.Exp(-square / (2 * sigma * sigma))
			}
			lls = append(lls, math.Log(sum/float64(samples.Rows))-float64(data.dim)*math.Log(sigma*math.Sqrt(2*math.Pi)))
		}
		return stat.MeanError(lls)
	}
	mean, stdErr := define(test, got.Sigma)
	if !near(got.Mean, mean, 1e-4) || !near(got.StdErr, stdErr, 1e-4) {
		t.Errorf("log-likelihood %v +- %v, want %v +- %v", got.Mean, got.StdErr, mean, stdErr)
	}
	// No other width is better on the validation images.
	best, _ := define(valid, got.Sigma)
	for _, sigma := range logSpace(0.05, 1, 60) {
		if mean, _ := define(valid, sigma); mean > best+0.05 {
			t.Errorf("sigma %v gives %v on validation, the chosen %v only %v", sigma, mean, got.Sigma, best)
		}
	}
}

func TestKMeansFindsTheBars(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	data := toy{n: 200, dim: 25}
	centres, err := KMeans(t.Context(), e, data, 40, 10, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	// Every centre is one bar and not a mixture.
	for c := range centres.Rows {
		bright := 0
		for _, v := range centres.Row(c) {
			if v > 0.5 {
				bright++
			}
		}
		if bright != 5 {
			t.Errorf("centre %d has %d bright pixels, want 5", c, bright)
		}
	}
	// A centre is the mean of the examples nearest to it: another round moves
	// none once the algorithm has converged.
	more, err := KMeans(t.Context(), e, data, 40, 60, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	evenMore, err := KMeans(t.Context(), e, data, 40, 61, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(more.Data, evenMore.Data) {
		t.Error("60 rounds did not converge")
	}
}

func TestSamplesDependOnTheirNumberAlone(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	n := newNetwork(t, e, 30, 21, 13)
	if _, err := n.Generate(t.Context(), e, 1, DefaultSampling(), nil); err != ErrNoPrior {
		t.Errorf("error %v, want ErrNoPrior", err)
	}
	if err := n.EstimatePrior(t.Context(), e, toy{n: 30, dim: 30}, TrainInference(), nil); err != nil {
		t.Fatal(err)
	}
	for _, settings := range []Sampling{DefaultSampling(), DirectedSampling()} {
		few, err := n.Generate(t.Context(), e, 3, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		many, err := n.Generate(t.Context(), e, 250, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(few.Row(2), many.Row(2)) || slices.Equal(many.Row(2), many.Row(202)) {
			t.Error("sample 2 depends on how many there are, or repeats")
		}
	}
}

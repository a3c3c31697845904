package labelled_test

import (
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
)

func TestGenerateAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := network(t, e, 5, 20, 17, 6)
	if err := n.EstimatePriors(t.Context(), e, modeltest.Bars{N: 60, Width: 20}, smallTraining().Inference, nil); err != nil {
		t.Fatal(err)
	}
	s := newSlow(n)
	classes := []int{3, 0, 4}
	settings := labelled.Sampling{PriorScale: 0, Rounds: 2, Inference: labelled.Inference{Iterations: 3, Delta: 0.1, Alpha: 0.2, Beta: 0.3}}
	samples, err := n.Generate(t.Context(), e, classes, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range classes {
		x := s.g[0].Apply(s.g[1].Apply(modeltest.Wide(n.Priors[c].Mean)))
		for range settings.Rounds {
			h := s.start(x)
			for range settings.Inference.Iterations {
				s.sweep(h, c, settings.Inference)
			}
			x = s.g[0].Apply(h[1])
		}
		near(t, "sample", samples.Row(i), x)
	}
}

func TestPriorsAndDraws(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := network(t, e, 5, 20, 17, 6)
	data, settings := unlabelled{modeltest.Bars{N: 250, Width: 20}}, smallTraining().Inference
	if err := n.EstimatePriors(t.Context(), e, data, settings, nil); err != nil {
		t.Fatal(err)
	}
	var labels []int
	for i := range data.Len() {
		labels = append(labels, data.Label(i))
	}
	layers, _ := n.Infer(e, modeltest.Images(data, 0, 250), labels, settings)
	known := 0.0
	for c := range 5 {
		var sum, square, count float64
		for i, label := range labels {
			if label == c {
				v := float64(layers[2].Row(i)[3])
				sum, square, count = sum+v, square+v*v, count+1
			}
		}
		mean := sum / count
		if std := math.Sqrt(square/count - mean*mean); !modeltest.Near(float64(n.Priors[c].Mean[3]), mean, 1e-5) || !modeltest.Near(float64(n.Priors[c].Std[3]), std, 1e-5) {
			t.Errorf("class %d: prior %v, %v, want %v, %v", c, n.Priors[c].Mean[3], n.Priors[c].Std[3], mean, std)
		}
		known += float64(n.Shares[c])
		// 166 examples have a label.
		if !modeltest.Near(float64(n.Shares[c]), count/166, 1e-6) {
			t.Errorf("class %d: share %v, want %v", c, n.Shares[c], count/166)
		}
	}
	classes, err := n.DrawClasses(20000, 5)
	if err != nil || !modeltest.Near(known, 1, 1e-6) {
		t.Fatalf("error %v, shares sum to %v", err, known)
	}
	var counts [5]float64
	for _, c := range classes {
		counts[c] += 1.0 / 20000
	}
	for c, got := range counts {
		if want := float64(n.Shares[c]); math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/20000) {
			t.Errorf("class %d is drawn with frequency %v, want %v", c, got, want)
		}
	}
	few, _ := n.DrawClasses(10, 5)
	sampling := labelled.DefaultSampling()
	sampling.Rounds, sampling.Inference.Iterations = 1, 2
	all, err := n.Generate(t.Context(), e, classes[:230], sampling, nil)
	if err != nil {
		t.Fatal(err)
	}
	first, err := n.Generate(t.Context(), e, few, sampling, nil)
	if err != nil || !slices.Equal(first.Row(9), all.Row(9)) {
		t.Errorf("error %v; sample 9 depends on how many there are", err)
	}
}

package credit

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// deep has three hidden layers.
func deep(top feedforward.Top) feedforward.Config {
	return feedforward.Config{Sizes: []int{7, 6, 5, 4, 3}, Hidden: []kernels.Activation{kernels.Tanh, kernels.Sigmoid, kernels.Softplus}, Top: top}
}

// slope is that of an activation at z, from its map in float64.
func slope(m modeltest.SlowMap, z float64) float64 {
	unit := modeltest.SlowMap{Activation: m.Activation, Bias: []float64{z}}
	return modeltest.Slope(&unit.Bias[0], func() float64 { return unit.Apply(nil)[0] })
}

// preActivations are those of each map for the states h.
func preActivations(s *slow, h [][]float64) [][]float64 {
	var z [][]float64
	for l, m := range s.maps {
		m.Activation = kernels.Identity
		z = append(z, m.Apply(h[l]))
	}
	return z
}

// topDelta is the gradient of one example's loss by the last pre-activations, numerically.
func topDelta(s *slow, h, z [][]float64, target, weight []float64) []float64 {
	last := s.maps[len(s.maps)-1]
	top := append([]float64(nil), z[len(z)-1]...)
	unit := modeltest.SlowMap{Activation: last.Activation, Bias: top}
	var d []float64
	for j := range top {
		d = append(d, modeltest.Slope(&top[j], func() float64 { return s.loss(unit.Apply(nil), target, weight) }))
	}
	return d
}

// checkStep takes a step of rate 1 and compares its changes with the mean over the examples
// of h[l-1]^T d_l, where deltas returns d_1 to d_M of an example.
func checkStep(t *testing.T, l *Learner, all weighted, deltas func(s *slow, i int, h, z [][]float64) [][]float64) {
	t.Helper()
	before := newSlow(l.Network)
	var want [][][]float64
	for _, m := range before.maps {
		w := make([][]float64, 1+len(m.Weight))
		for r := range w {
			w[r] = make([]float64, len(m.Bias))
		}
		want = append(want, w)
	}
	for i := range all.Len() {
		h := before.up(modeltest.Wide(all.X.Row(i)))
		d := deltas(before, i, h, preActivations(before, h))
		for m := range want {
			for j, delta := range d[m] {
				want[m][0][j] += delta / float64(all.Len())
				for r, x := range h[m] {
					want[m][1+r][j] += x * delta / float64(all.Len())
				}
			}
		}
	}
	if _, err := l.Step(all, numbers(all.Len())); err != nil {
		t.Fatal(err)
	}
	for m, f := range before.maps {
		for i, row := range changes(f, l.Network.Maps[m].Weights) {
			for j, got := range row {
				if math.Abs(got-want[m][i][j]) > 1e-6*(1+math.Abs(want[m][i][j])) {
					t.Fatalf("map %d, parameter %d, %d: change %v, want %v", m+1, i, j, got, want[m][i][j])
				}
			}
		}
	}
}

// throughFeedback is d_l = (d w) * s'_l, from its definition.
func throughFeedback(s *slow, l int, z [][]float64, d []float64, w kernels.Packed) []float64 {
	var out []float64
	for i, z := range z[l-1] {
		var sum float64
		for j, v := range d {
			sum += v * float64(w.Data[w.Index(1+j, i)])
		}
		out = append(out, sum*slope(s.maps[l-1], z))
	}
	return out
}

func TestFeedbackAlignment(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, top := range []feedforward.Top{feedforward.Softmax, feedforward.Logistic} {
		l, err := NewLearner(network(t, e, deep(top)), plain(FeedbackAlignment, 1), e)
		if err != nil {
			t.Fatal(err)
		}
		all := someExamples(9, 7, 3)
		feedback := l.rule.(*feedbackAlignment).feedback
		checkStep(t, l, all, func(s *slow, i int, h, z [][]float64) [][]float64 {
			d := make([][]float64, 4)
			d[3] = topDelta(s, h, z, modeltest.Wide(all.Y.Row(i)), modeltest.Wide(all.w.Row(i)))
			for l := 3; l >= 1; l-- {
				d[l-1] = throughFeedback(s, l, z, d[l], feedback[l-1])
			}
			return d
		})
	}
}

func TestDirectFeedback(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	l, err := NewLearner(network(t, e, deep(feedforward.Softmax)), plain(DirectFeedback, 1), e)
	if err != nil {
		t.Fatal(err)
	}
	all := someExamples(9, 7, 3)
	feedback := l.rule.(*directFeedback).feedback
	checkStep(t, l, all, func(s *slow, i int, h, z [][]float64) [][]float64 {
		d := make([][]float64, 4)
		d[3] = topDelta(s, h, z, modeltest.Wide(all.Y.Row(i)), modeltest.Wide(all.w.Row(i)))
		for l := 1; l <= 3; l++ {
			d[l-1] = throughFeedback(s, l, z, d[3], feedback[l-1])
		}
		return d
	})
}

package credit

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestDifferenceTargets: the targets are those of the paper's Algorithm 1, written down for
// one example in float64, and each map descends the numerical gradient of |f(h) - t|^2.
func TestDifferenceTargets(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, top := range []feedforward.Top{feedforward.Softmax, feedforward.Linear} {
		l, err := NewLearner(network(t, e, deep(top)), plain(DifferenceTargets, 1), e)
		if err != nil {
			t.Fatal(err)
		}
		all := someExamples(9, 7, 3)
		rule := l.rule.(*differenceTargets)
		var inverse []modeltest.SlowMap // g_2, g_3
		for _, g := range rule.inverse {
			inverse = append(inverse, modeltest.NewSlowMap(g.Map))
		}
		checkStep(t, l, all, func(s *slow, i int, h, z [][]float64) [][]float64 {
			target, weight := modeltest.Wide(all.Y.Row(i)), modeltest.Wide(all.w.Row(i))
			d, targets := make([][]float64, 4), make([][]float64, 4)
			d[3] = topDelta(s, h, z, target, weight)
			for j := range h[3] {
				grad := modeltest.Slope(&h[3][j], func() float64 { return s.loss(s.maps[3].Apply(h[3]), target, weight) })
				targets[3] = append(targets[3], h[3][j]-float64(rule.settings.Targets.Step)*grad)
			}
			for l := 3; l >= 2; l-- {
				at, now := inverse[l-2].Apply(targets[l]), inverse[l-2].Apply(h[l])
				for j, v := range h[l-1] {
					targets[l-1] = append(targets[l-1], v+at[j]-now[j])
				}
			}
			for l := 1; l <= 3; l++ {
				unit := modeltest.SlowMap{Activation: s.maps[l-1].Activation, Bias: append([]float64(nil), z[l-1]...)}
				for j := range unit.Bias {
					d[l-1] = append(d[l-1], modeltest.Slope(&unit.Bias[j], func() float64 { return squared(unit.Apply(nil), targets[l]) }))
				}
			}
			return d
		})
	}
}

// squared is |a - b|^2.
func squared(a, b []float64) (sum float64) {
	for j := range a {
		sum += (a[j] - b[j]) * (a[j] - b[j])
	}
	return sum
}

// TestInverseMapsDenoise: each inverse map descends the numerical gradient of the mean of
// |g(f(c)) - c|^2, and its loss is that, where c is the layer below with noise of the
// standard deviation that is set.
func TestInverseMapsDenoise(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	l, err := NewLearner(network(t, e, deep(feedforward.Softmax)), plain(DifferenceTargets, 1), e)
	if err != nil {
		t.Fatal(err)
	}
	all := someExamples(400, 7, 3)
	rule := l.rule.(*differenceTargets)
	before := newSlow(l.Network)
	var inverse []modeltest.SlowMap
	for _, g := range rule.inverse {
		inverse = append(inverse, modeltest.NewSlowMap(g.Map))
	}
	losses, err := l.Step(all, numbers(all.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for k, g := range inverse {
		var codes, noisy [][]float64
		var noise float64
		for i := range all.Len() {
			c := modeltest.Wide(rule.noisy[k].Row(i))
			noise += squared(c, before.up(modeltest.Wide(all.X.Row(i)))[k+1]) / float64(len(c)*all.Len())
			noisy, codes = append(noisy, c), append(codes, before.maps[k+1].Apply(c))
		}
		if std := float64(rule.settings.Targets.Noise); math.Abs(math.Sqrt(noise)/std-1) > 0.05 {
			t.Errorf("g_%d: noise of %v, want %v", k+2, math.Sqrt(noise), std)
		}
		loss := func() (sum float64) {
			for i, c := range noisy {
				sum += squared(g.Apply(codes[i]), c)
			}
			return sum / float64(len(noisy))
		}
		if !modeltest.Near(losses[1+k], loss(), 1e-5) {
			t.Errorf("g_%d: loss %v, want %v", k+2, losses[1+k], loss())
		}
		for i, row := range changes(g, rule.inverse[k].Weights) {
			p := g.Bias
			if i > 0 {
				p = g.Weight[i-1]
			}
			for j, got := range row {
				if want := modeltest.Slope(&p[j], loss); !modeltest.Near(got, want, 2e-6) {
					t.Fatalf("g_%d: parameter %d, %d: change %v, want %v", k+2, i, j, got, want)
				}
			}
		}
	}
}

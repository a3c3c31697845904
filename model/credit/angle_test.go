package credit

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestAngles compares them with those between the changes that two learners make from the
// same parameters, and checks that asking changes nothing.
func TestAngles(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	all := someExamples(9, 7, 3)
	change := func(rule Rule) [][][]float64 {
		n := network(t, e, deep(feedforward.Softmax))
		before := newSlow(n)
		l, err := NewLearner(n, plain(rule, 1), e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Step(all, numbers(9)); err != nil {
			t.Fatal(err)
		}
		var all [][][]float64
		for m, f := range before.maps {
			all = append(all, changes(f, n.Maps[m].Weights))
		}
		return all
	}
	gradient := change(Backprop)
	for _, rule := range Rules() {
		l, err := NewLearner(network(t, e, deep(feedforward.Softmax)), plain(rule, 1), e)
		if err != nil {
			t.Fatal(err)
		}
		before := parameters(l)
		angles, err := l.Angles(all, numbers(9))
		if err != nil {
			t.Fatal(err)
		}
		if l.Steps() != 0 || modeltest.FirstDifference(parameters(l), before) >= 0 {
			t.Errorf("%v: asking for angles trains", rule)
		}
		for m, rows := range change(rule) {
			var aa, ab, bb float64
			for i, row := range rows {
				for j, a := range row {
					b := gradient[m][i][j]
					aa, ab, bb = aa+a*a, ab+a*b, bb+b*b
				}
			}
			degrees := math.Acos(min(1, ab/math.Sqrt(aa*bb))) * 180 / math.Pi
			if a := angles[m]; math.Abs(a.Degrees()-degrees) > 0.1 || !modeltest.Near(a.Ratio, math.Sqrt(aa/bb), 1e-5) {
				t.Errorf("%v, map %d: angle %v and ratio %v, want %v and %v", rule, m+1, a.Degrees(), a.Ratio, degrees, math.Sqrt(aa/bb))
			}
		}
		if last := angles[3]; last.Cosine < 1-1e-12 || last.Ratio != 1 {
			t.Errorf("%v: the top is at %v, want the gradient", rule, last)
		}
	}
}

func TestAngleBetween(t *testing.T) {
	for _, test := range []struct {
		a, b           []float32
		degrees, ratio float64
	}{
		{[]float32{3, 0}, []float32{0, 2}, 90, 1.5},
		{[]float32{1, 1}, []float32{2, 0}, 45, math.Sqrt2 / 2},
		{[]float32{-1, 0.5}, []float32{2, -1}, 180, 0.5},
	} {
		if a := angleBetween(test.a, test.b); math.Abs(a.Degrees()-test.degrees) > 1e-5 || math.Abs(a.Ratio-test.ratio) > 1e-12 {
			t.Errorf("%v and %v: %v degrees, ratio %v", test.a, test.b, a.Degrees(), a.Ratio)
		}
	}
	if a := angleBetween([]float32{0}, []float32{1}); !math.IsNaN(a.Cosine) || a.Ratio != 0 {
		t.Errorf("of 0: %v", a)
	}
}

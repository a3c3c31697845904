package credit

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestBackpropIsTheGradient: a step of plain descent is the numerical gradient of the mean
// loss in float64, for each top, activation and depth.
func TestBackpropIsTheGradient(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, top := range []feedforward.Top{feedforward.Softmax, feedforward.Linear, feedforward.Logistic} {
		for _, hidden := range [][]kernels.Activation{
			{}, {kernels.Tanh}, {kernels.Softplus, kernels.Sigmoid}, {kernels.Sigmoid, kernels.Identity, kernels.Tanh},
		} {
			config := feedforward.Config{Sizes: []int{7, 6, 5, 4}[:len(hidden)+1], Hidden: hidden, Top: top}
			config.Sizes = append(config.Sizes[:len(config.Sizes):len(config.Sizes)], 3)
			n := network(t, e, config)
			all := someExamples(9, 7, 3)
			before := newSlow(n)
			l, err := NewLearner(n, plain(Backprop, 1), e)
			if err != nil {
				t.Fatal(err)
			}
			losses, err := l.Step(all, numbers(9))
			if err != nil {
				t.Fatal(err)
			}
			if want := before.mean(all); !modeltest.Near(losses[0], want, 1e-6) {
				t.Errorf("%v %v: loss %v, want %v", top, hidden, losses[0], want)
			}
			for m, f := range before.maps {
				for i, row := range changes(f, n.Maps[m].Weights) {
					p := f.Bias
					if i > 0 {
						p = f.Weight[i-1]
					}
					for j, got := range row {
						want := modeltest.Slope(&p[j], func() float64 { return before.mean(all) })
						if !modeltest.Near(got, want, 1e-6) {
							t.Fatalf("%v %v: map %d, parameter %d, %d: gradient %v, want %v", top, hidden, m, i, j, got, want)
						}
					}
				}
			}
		}
	}
}

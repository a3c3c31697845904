//go:build peers && cgo

package training

import (
	"github.com/targetprop/targetprop/bench/internal/trial"
	"github.com/targetprop/targetprop/bench/yardstick"
	"github.com/targetprop/targetprop/kernels"
)

// newYardstick is Algorithm 2 in C on OpenBLAS, on that many threads.
func newYardstick(threads int) (step func(x []float32), detail string, closing func(), err error) {
	c := yardstick.Default(1)
	c.Threads = threads
	t, err := yardstick.NewConfig(c)
	if err != nil {
		return nil, "", nil, err
	}
	return func(x []float32) { t.Step(x) }, "OpenBLAS " + t.Core() + ", " + c.Division.String(), t.Close, nil
}

// newClassifierYardstick is a classifier by back-propagation in C on OpenBLAS, divided among
// that many threads as is faster.
func newClassifierYardstick(sizes []int, batch int, o kernels.Optimizer, threads int) (step func(x []float32, labels []uint8), detail string, closing func(), err error) {
	divisions := []yardstick.Division{yardstick.ByRows}
	if threads > 1 {
		divisions = append(divisions, yardstick.ByColumns)
	}
	var all []*yardstick.Classifier
	for _, d := range divisions {
		c, err := yardstick.NewClassifier(sizes, batch, yardstick.Adam{Rate: o.Rate, Decay1: o.Momentum, Decay2: o.Decay, Epsilon: o.Epsilon}, 1, threads, d)
		if err != nil {
			return nil, "", nil, err
		}
		all = append(all, c)
	}
	best := 0
	if len(all) > 1 {
		x, labels := make([]float32, batch*sizes[0]), make([]uint8, batch)
		best = trial.Fastest(len(all), func(i int) { all[i].Step(x, labels) })
	}
	for i, c := range all {
		if i != best {
			c.Close()
		}
	}
	c := all[best]
	return func(x []float32, labels []uint8) { c.Step(x, labels) }, "OpenBLAS " + c.Core() + ", " + divisions[best].String(), c.Close, nil
}

//go:build peers && cgo

package training

import "github.com/targetprop/targetprop/bench/yardstick"

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

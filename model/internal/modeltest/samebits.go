package modeltest

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// SameBits fails unless run gives the same numbers with every instruction set
// and several numbers of threads as with plain Go on one thread. Those it
// returns.
func SameBits[T float32 | float64](t *testing.T, run func(e *kernels.Engine) []T) []T {
	t.Helper()
	want := run(Engine(t, kernels.Generic, 1))
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 2, 7} {
			if i := FirstDifference(run(Engine(t, isa, threads)), want); i >= 0 {
				t.Errorf("%v with %d threads: number %d differs from plain Go on one thread", isa, threads, i)
			}
		}
	}
	return want
}

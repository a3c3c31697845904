//go:build peers

package openblas

import (
	"math/rand/v2"

	"github.com/targetprop/targetprop/bench/internal/trial"
)

// Fastest returns the copy that is fastest at products of this shape on one thread.
func Fastest(m, n, k int) (*Library, error) {
	libs, err := All()
	if err != nil {
		return nil, err
	}
	a, b, c := random(m*k), random(k*n), make([]float32, m*n)
	for _, lib := range libs {
		lib.SetThreads(1)
	}
	return libs[trial.Fastest(len(libs), func(i int) { libs[i].Sgemm(false, 1, m, n, k, a, b, c) })], nil
}

func random(n int) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = rand.Float32()
	}
	return s
}

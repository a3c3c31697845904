package kernels

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestPairwise: sums, differences and products of both types, short and long enough for
// threads, are those of Go; other lengths are refused before anything is written.
func TestPairwise(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 5))
	for name, e := range engines(t) {
		for _, n := range []int{0, 1, 5, 37, 1 << 17} {
			x, y := randomMatrix(rng, false, 1, n).Data, randomMatrix(rng, false, 1, n).Data
			x64, y64 := make([]float64, n), make([]float64, n)
			for i := range x {
				x64[i], y64[i] = rng.NormFloat64(), rng.NormFloat64()
			}
			for what, op := range map[string]struct {
				of32       func(dst, x, y []float32)
				of64       func(dst, x, y []float64)
				plus       float64
				multiplies bool
			}{"Add": {e.Add, e.Add64, 1, false}, "Sub": {e.Sub, e.Sub64, -1, false}, "Mul": {e.Mul, e.Mul64, 0, true}} {
				dst, dst64 := slices.Clone(x), slices.Clone(y64)
				op.of32(dst, dst, y)
				op.of64(dst64, x64, dst64)
				for i := range dst {
					want, want64 := x[i]+float32(op.plus)*y[i], x64[i]+op.plus*y64[i]
					if op.multiplies {
						want, want64 = x[i]*y[i], x64[i]*y64[i]
					}
					if dst[i] != want || dst64[i] != want64 {
						t.Fatalf("%s: %s of %d: element %d is %g and %g, want %g and %g", name, what, n, i, dst[i], dst64[i], want, want64)
					}
				}
				if reason := caught.Panic(func() { op.of32(dst, x, make([]float32, n+1)) }); !strings.Contains(reason, "operands x and y") {
					t.Errorf("%s: %s: %q", name, what, reason)
				}
			}
		}
	}
}

package cases

import (
	"math"
	"sync"
	"time"

	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/kernels"
)

// plainGoFlops is the rate of plain Go at a small product, in flops/ns. It
// foretells how long a large one would take.
var plainGoFlops = sync.OnceValue(func() float64 {
	e, err := kernels.New(kernels.WithMaxISA(kernels.Generic), kernels.WithThreads(1))
	if err != nil {
		return 1
	}
	const n = 64
	x, w, y := operands.Matrix(n, n, operands.Unit), operands.Weights(n, n), kernels.NewMatrix(n, n)
	return 2 * n * n * n / float64(Fastest(func() { e.Affine(y, kernels.Identity, x, w) }))
})

// Fastest is the shortest time of a few calls: enough for a guess.
func Fastest(call func()) time.Duration {
	const calls = 3
	least := time.Duration(math.MaxInt64)
	for range calls {
		start := time.Now()
		call()
		least = min(least, time.Since(start))
	}
	return max(least, 1)
}

// GuessPlainGo foretells the time of that many flops in plain Go.
func GuessPlainGo(e *kernels.Engine, flops float64) func() time.Duration {
	if e.ISA() != kernels.Generic {
		return nil
	}
	return func() time.Duration { return time.Duration(flops / plainGoFlops()) }
}

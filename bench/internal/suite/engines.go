package suite

import (
	"math"
	"slices"
	"sync"
	"time"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Engine is this project on one instruction set.
type Engine struct {
	*kernels.Engine
	Column, Impl string
	Role         table.Role
}

var columns = map[kernels.ISA]string{
	kernels.Generic: "plain Go",
	kernels.NEON:    "NEON",
	kernels.AVX2:    "AVX2",
	kernels.AVX512:  "AVX-512",
}

// newEngines makes an engine on each available instruction set, plain Go first.
func newEngines(threads int) ([]Engine, error) {
	var engines []Engine
	for _, isa := range slices.Backward(kernels.Available()) {
		e, err := kernels.New(kernels.WithMaxISA(isa), kernels.WithThreads(threads))
		if err != nil {
			return nil, err
		}
		role := table.Ours
		if isa == kernels.Generic {
			role = table.Baseline
		}
		engines = append(engines, Engine{e, columns[isa], isa.String(), role})
	}
	return engines, nil
}

// best is the engine on the best instruction set.
func (s *Suite) best() Engine { return s.Engines[len(s.Engines)-1] }

// plainGoFlops is the rate of plain Go at a small product, in flops/ns. It
// foretells how long a large one would take.
var plainGoFlops = sync.OnceValue(func() float64 {
	e, err := kernels.New(kernels.WithMaxISA(kernels.Generic), kernels.WithThreads(1))
	if err != nil {
		return 1
	}
	const n = 64
	x, w, y := matrix(n, n, unit), weights(n, n), kernels.NewMatrix(n, n)
	return 2 * n * n * n / float64(fastest(func() { e.Affine(y, kernels.Identity, x, w) }))
})

// fastest is the shortest time of a few calls: enough for a guess.
func fastest(call func()) time.Duration {
	const calls = 3
	least := time.Duration(math.MaxInt64)
	for range calls {
		start := time.Now()
		call()
		least = min(least, time.Since(start))
	}
	return max(least, 1)
}

// guessPlainGo foretells the time of that many flops in plain Go.
func guessPlainGo(e *kernels.Engine, flops float64) func() time.Duration {
	if e.ISA() != kernels.Generic {
		return nil
	}
	return func() time.Duration { return time.Duration(flops / plainGoFlops()) }
}

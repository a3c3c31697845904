package gonumblas_test

import (
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
)

// TestManyGoroutines: 64 at once on one engine get the bits of one on one thread.
func TestManyGoroutines(t *testing.T) {
	one, shared := newImplementation(t, kernels.AVX512, 1), newImplementation(t, kernels.AVX512, 3)
	t.Run("float32", func(t *testing.T) { manyGoroutines(t, routines32(one), routines32(shared)) })
	t.Run("float64", func(t *testing.T) { manyGoroutines(t, routines64(one), routines64(shared)) })
}

func manyGoroutines[T view.Float](t *testing.T, one, shared routines[T]) {
	var all sync.WaitGroup
	for g := range 64 {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(g), 64))
			for range 3 {
				name := names[rng.IntN(len(names))]
				want := randomCall[T](rng, name)
				got := want.clone()
				got.run(name, &shared)
				want.run(name, &one)
				for o, pair := range [][2][]T{{got.b, want.b}, {got.c, want.c}} {
					for i, w := range pair[1] {
						if !contract.SameBits(pair[0][i], w) {
							t.Errorf("%s %v: element %d of operand %d is %v, want %v", name, &got, i, o+1, pair[0][i], w)
							return
						}
					}
				}
			}
		})
	}
	all.Wait()
}

// TestAllocations: none in a call after the first.
func TestAllocations(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties the pools of buffers
	i := newImplementation(t, kernels.AVX512, 1)
	t.Run("float32", func(t *testing.T) { allocations(t, routines32(i)) })
	t.Run("float64", func(t *testing.T) { allocations(t, routines64(i)) })
}

func allocations[T view.Float](t *testing.T, ours routines[T]) {
	rng := rand.New(rand.NewPCG(10, 0))
	for _, name := range names {
		for range 10 {
			x := randomCall[T](rng, name)
			if name == "trsm" || name == "trmm" {
				x.alpha = 0.5
			}
			if n := testing.AllocsPerRun(3, func() { x.run(name, &ours) }); n != 0 {
				t.Errorf("%s %v: %v allocations", name, &x, n)
			}
		}
	}
}

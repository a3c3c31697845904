package kernels

import (
	"slices"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
)

// TestManyGoroutines: 64 at once on one engine of three threads get the bits of one on one thread,
// with every method. Some calls are large enough for the threads.
func TestManyGoroutines(t *testing.T) {
	one, shared := newEngine(t, WithThreads(1)), newEngine(t, WithThreads(3))
	table := uses()
	const m, n, k = 150, 70, 110
	table["Gemm large"] = use{call: func(e *Engine, a []any) { e.Gemm(false, true, 2, a[0].(Matrix), a[1].(Matrix), 0.5, a[2].(Matrix)) },
		args: []any{full(m, k), full(n, k), full(m, n)}}
	table["Gemm64 large"] = use{call: func(e *Engine, a []any) {
		e.Gemm64(true, false, 1, a[0].(Matrix64), a[1].(Matrix64), 1, a[2].(Matrix64))
	},
		args: []any{full64(k, m), full64(k, n), full64(m, n)}}
	table["Affine large"] = use{call: func(e *Engine, a []any) { e.Affine(a[0].(Matrix), Softplus, a[1].(Matrix), a[2].(Packed)) },
		args: []any{full(m, n), full(m, k), fullPacked(k+1, n)}}
	table["Exp64 large"] = use{call: func(e *Engine, a []any) { e.Exp64(a[0].([]float64), a[0].([]float64)) }, args: []any{ones[float64](parallel + 5)}}
	table["Softmax large"] = use{call: func(e *Engine, a []any) { e.Softmax(a[0].(Matrix), a[0].(Matrix)) }, args: []any{full(700, 100)}}
	var methods []string
	want := map[string][]float64{}
	for method, u := range table {
		args := u.arguments(one)
		if reason := u.refusal(one, method, args); reason != nil {
			t.Fatalf("%s: %v", method, reason)
		}
		methods, want[method] = append(methods, method), memories(args)
	}
	slices.Sort(methods)
	rounds := 2
	if race.Enabled || testing.Short() {
		rounds = 1
	}
	var all sync.WaitGroup
	for g := range 64 {
		all.Go(func() {
			for i := range rounds * len(methods) / 2 {
				method := methods[(7*g+i)%len(methods)]
				u := table[method]
				args := u.arguments(shared)
				if reason := u.refusal(shared, method, args); reason != nil {
					t.Errorf("%s: %v", method, reason)
				}
				if !slices.Equal(memories(args), want[method]) {
					t.Errorf("%s: other bits than on one thread", method)
				}
			}
		})
	}
	all.Wait()
}

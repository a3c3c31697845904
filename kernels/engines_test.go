package kernels

import (
	"fmt"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/isa"
)

// engines are all implementations: every instruction set on one thread, and the best on
// several. Where nothing is assembled, and every kernel is its definition, the plans of all
// instruction sets can be followed.
func engines(tb testing.TB) map[string]*Engine {
	tb.Helper()
	all := map[string]*Engine{}
	for _, i := range Available() {
		all[i.String()] = newEngine(tb, WithMaxISA(i), WithThreads(1))
	}
	for _, threads := range []int{2, 7} {
		all[fmt.Sprintf("%v/threads=%d", Available()[0], threads)] = newEngine(tb, WithMaxISA(Available()[0]), WithThreads(threads))
	}
	if len(Compiled()) == 1 {
		for _, i := range isa.All {
			e := newEngine(tb, WithThreads(1+int(i)%2))
			e.isa = i
			all[i.String()] = e
		}
	}
	return all
}

func newEngine(tb testing.TB, opts ...Option) *Engine {
	tb.Helper()
	e, err := New(opts...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(e.Close)
	return e
}

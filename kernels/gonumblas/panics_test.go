package gonumblas_test

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/view"
)

// TestPanicsAsGonum spoils one argument of a valid call after the other, and some two at a
// time: our panics have gonum's words, and nothing was written before.
func TestPanicsAsGonum(t *testing.T) {
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) {
			panics(t, routines32(i), routines32(gonum.Implementation{}))
			panics(t, routines64(i), routines64(gonum.Implementation{}))
		})
	}
}

func panics[T view.Float](t *testing.T, ours, theirs routines[T]) {
	rng := rand.New(rand.NewPCG(9, 0))
	spoils := []func(x *call[T]){
		func(x *call[T]) { x.s = 'x' }, func(x *call[T]) { x.ul = 'x' }, func(x *call[T]) { x.ul = 'A' }, func(x *call[T]) { x.tA = 'x' }, func(x *call[T]) { x.tB = 0 }, func(x *call[T]) { x.d = 'x' },
		func(x *call[T]) { x.m = -1 }, func(x *call[T]) { x.n = -1 }, func(x *call[T]) { x.k = -1 }, func(x *call[T]) { x.m *= 50 }, func(x *call[T]) { x.n *= 50 }, func(x *call[T]) { x.k *= 50 },
		func(x *call[T]) { x.lda = 0 }, func(x *call[T]) { x.ldb = 0 }, func(x *call[T]) { x.ldc = 0 }, func(x *call[T]) { x.lda = -1 }, func(x *call[T]) { x.ldb = -3 },
		func(x *call[T]) { x.a = x.a[:0] }, func(x *call[T]) { x.b = nil }, func(x *call[T]) { x.c = x.c[:0] },
		func(x *call[T]) { x.a = x.a[:len(x.a)*9/10] }, func(x *call[T]) { x.b = x.b[:len(x.b)/3] }, func(x *call[T]) { x.c = x.c[:len(x.c)/3] },
	}
	refused := 0
	for _, name := range names {
		for first := range spoils {
			for range rounds(6) {
				got := randomCall[T](rng, name)
				spoils[first](&got)
				if rng.IntN(2) == 0 {
					spoils[rng.IntN(len(spoils))](&got)
				}
				want, before := got.clone(), got.clone()
				reason := caught.Panic(func() { want.run(name, &theirs) })
				if g := caught.Panic(func() { got.run(name, &ours) }); g != reason {
					t.Fatalf("%s %v: panic %q, gonum %q", name, &got, g, reason)
				}
				if reason != "" {
					refused++
					agree(t, name, got.b, before.b, 0)
					agree(t, name, got.c, before.c, 0)
				}
			}
		}
	}
	if refused < 100 {
		t.Errorf("%d calls were refused", refused)
	}
}

package gonumblas_test

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
)

// TestHuge: sizes, strides and increments whose products overflow are refused with gonum's words,
// before anything is written. Gonum's own routines read and write elsewhere in memory then, or
// end the process by a panic on a goroutine of theirs.
func TestHuge(t *testing.T) {
	refused := 0
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) { refused += huge[float32](t, i) + huge[float64](t, i) })
	}
	if refused < 50*rounds(30) {
		t.Errorf("%d calls were refused", refused)
	}
}

func huge[T view.Float](t *testing.T, ours any) (refused int) {
	memory, rng := contract.NewMemory[T](t), rand.New(rand.NewPCG(27, 5))
	some := []int{math.MaxInt, math.MaxInt / 2, math.MinInt, math.MinInt/2 - 1, 1 << (bits.UintSize / 8 * 5), 3, 5}
	for shift := 2; shift < 5; shift++ {
		some = append(some, math.MaxInt>>shift+1, math.MaxInt>>shift+2)
	}
	for routine, words := range arguments {
		if view.Size[T]() == 8 && strings.HasSuffix(routine, "sdot") {
			continue
		}
		method := reflect.ValueOf(ours).MethodByName(nameOf[T](routine))
		for round := range rounds(30) {
			p := newProblem[T](rng, routine, words, false)
			for range 1 + rng.IntN(4) {
				at := rng.IntN(len(p.args))
				if _, ok := p.args[at].(int); ok {
					p.args[at] = some[rng.IntN(len(some))]
				}
			}
			args := p.guarded(memory, round%2 == 0)
			reason := caught.Panic(func() { method.Call(args) })
			if reason != "" && !strings.HasPrefix(reason, "blas: ") {
				t.Errorf("%s %v: panic %q", routine, p, reason)
			}
			for at := range args {
				if x, ok := args[at].Interface().([]T); ok && reason != "" {
					refused++
					for e, v := range x {
						if !contract.SameBits(v, p.args[at].([]T)[e]) {
							t.Fatalf("%s %v: element %d of argument %d was written", routine, p, e, at)
						}
					}
				}
			}
			if !memory.Release() {
				t.Fatalf("%s %v: something was written outside", routine, p)
			}
		}
	}
	return refused
}

// TestHugeNames: the operand that is too large for memory is named.
func TestHugeNames(t *testing.T) {
	const huge = math.MaxInt/4 + 1 // 4 times this is 0 in an int
	x := make([]float64, 100)
	for name, b := range implementations(t) {
		for want, call := range map[string]func(){
			"x": func() { b.Dscal(9, 2, x, huge) },
			"y": func() { b.Dswap(5, x, 1, x, -huge) },
			"a": func() { b.Dgemv(blas.NoTrans, 5, 4, 1, x, huge, x, 1, 1, x, 1) },
			"b": func() { b.Dsyr2k(blas.Upper, blas.Trans, 5, 5, 1, x, 5, x, huge, 1, x, 5) },
			"c": func() { b.Dgemm(blas.NoTrans, blas.NoTrans, 5, 2, 2, 1, x, 2, x, 2, 1, x, huge) },
		} {
			if reason := caught.Panic(call); reason != "blas: insufficient length of "+want {
				t.Errorf("%s: panic %q, want that %s is short", name, reason, want)
			}
		}
	}
}

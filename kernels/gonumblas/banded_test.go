package gonumblas_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
)

// TestHugeBands: what is gonum's refuses sizes that overflow, as ours do, and computes with others as gonum does.
func TestHugeBands(t *testing.T) {
	i := implementations(t)["default"]
	refused := hugeBands[float32](t, i) + hugeBands[float64](t, i)
	if refused < 1000 {
		t.Errorf("%d calls were refused", refused)
	}
}

// bands are valid arguments of what is banded or packed, of order 5 with 2 diagonals on each side that there is; x, y and a
// stand for memory.
var bands = map[string][]any{
	"copy": {5, "x", 1, "y", 1},
	"gbmv": {blas.Trans, 5, 5, 2, 2, 1.5, "a", 5, "x", 1, 0.5, "y", 1},
	"sbmv": {blas.Upper, 5, 2, 1.5, "a", 3, "x", 1, 0.5, "y", 1},
	"tbmv": {blas.Lower, blas.NoTrans, blas.NonUnit, 5, 2, "a", 3, "x", 1},
	"tbsv": {blas.Lower, blas.NoTrans, blas.Unit, 5, 2, "a", 3, "x", 1},
	"spmv": {blas.Upper, 5, 1.5, "a", "x", 1, 0.5, "y", 1},
	"spr":  {blas.Upper, 5, 1.5, "x", 1, "a"},
	"spr2": {blas.Upper, 5, 1.5, "x", 1, "y", 1, "a"},
	"tpmv": {blas.Lower, blas.NoTrans, blas.NonUnit, 5, "a", "x", 1},
	"tpsv": {blas.Lower, blas.NoTrans, blas.Unit, 5, "a", "x", 1},
}

func hugeBands[T view.Float](t *testing.T, ours any) (refused int) {
	memory, rng := contract.NewMemory[T](t), rand.New(rand.NewPCG(27, 6))
	some := []int{math.MaxInt, math.MaxInt - 6, math.MaxInt / 2, math.MaxInt/2 + 1, math.MaxInt/4 + 1, math.MaxInt/4 + 2, math.MinInt, math.MinInt/2 - 1, 3}
	for routine, words := range bands {
		name := nameOf[T](routine)
		method, theirs := reflect.ValueOf(ours).MethodByName(name), reflect.ValueOf(gonum.Implementation{}).MethodByName(name)
		for round := range 400 {
			args, before := make([]reflect.Value, len(words)), map[int][]T{}
			for at, word := range words {
				switch v := word.(type) {
				case string:
					x := memory.Slice(map[string]int{"x": 5, "y": 5, "a": 25}[v], round%2 == 0)
					for e := range x {
						x[e] = T(1 + e)
					}
					args[at], before[at] = reflect.ValueOf(x), slices.Clone(x)
				case float64:
					args[at] = reflect.ValueOf(T(v))
				case int:
					if rng.IntN(3) == 0 {
						v = some[rng.IntN(len(some))]
					}
					args[at] = reflect.ValueOf(v)
				default:
					args[at] = reflect.ValueOf(v)
				}
			}
			reason := caught.Panic(func() { method.Call(args) })
			if reason != "" && !strings.HasPrefix(reason, "blas: ") {
				t.Errorf("%s %v: panic %q", routine, args, reason)
			}
			if reason != "" {
				refused++
			} else {
				alike := slices.Clone(args)
				for at, x := range before {
					alike[at] = reflect.ValueOf(x)
				}
				theirs.Call(alike)
			}
			for at, x := range before { // as it was, or as gonum has it
				if !slices.Equal(args[at].Interface().([]T), x) {
					t.Fatalf("%s %v: argument %d was written otherwise", routine, args, at)
				}
			}
			if !memory.Release() {
				t.Fatalf("%s %v: something was written outside", routine, args)
			}
		}
	}
	return refused
}

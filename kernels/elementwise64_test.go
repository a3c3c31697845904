package kernels

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/simd/contract"
)

// functions64 are the elementwise functions of float64.
var functions64 = map[string]func(e *Engine, dst, src []float64){
	"exp": (*Engine).Exp64, "log": (*Engine).Log64, "softplus": (*Engine).Softplus64, "sigmoid": (*Engine).Sigmoid64, "tanh": (*Engine).Tanh64,
}

func contracts64() contract.Table[*Engine, float64] {
	type data = *contract.Data[float64]
	table := contract.Table[*Engine, float64]{}
	for name, f := range functions64 {
		table[name] = contract.Contract[*Engine, float64]{Run: func(e *Engine, d data, s shape) {
			src := d.Slice(s.N)
			f(e, d.Slice(s.N), src)
		}, Shapes: flatShapes(4 * Panel)}
		table[name+"/in place"] = contract.Contract[*Engine, float64]{Run: func(e *Engine, d data, s shape) {
			x := d.Slice(s.N)
			f(e, x, x)
		}, Shapes: append(flatShapes(4*Panel), shape{N: parallel + 7})}
	}
	return table
}

func TestContract64(t *testing.T)       { contracts64().Test(t, engines(t)) }
func TestContractRandom64(t *testing.T) { contracts64().TestRandom(t, engines(t)) }
func FuzzContract64(f *testing.F)       { contracts64().Fuzz(f, engines(f)) }

// TestGoldenElementwise64 holds every implementation to values of a high-precision program.
func TestGoldenElementwise64(t *testing.T) {
	text, err := os.ReadFile("../testdata/golden/float64/elementwise.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Outputs) != len(functions64) {
		t.Fatalf("%d golden functions, want %d", len(g.Outputs), len(functions64))
	}
	for engine, e := range engines(t) {
		for name, f := range functions64 {
			var x []float64
			for word := range strings.FieldsSeq(g.Inputs[name][0]) {
				bits, err := strconv.ParseUint(word, 16, 64)
				if err != nil {
					t.Fatal(err)
				}
				x = append(x, math.Float64frombits(bits))
			}
			y := make([]float64, len(x))
			f(e, y, x)
			if len(y) < 100 || len(y) != len(g.Outputs[name]) {
				t.Fatalf("%s: %d arguments, %d golden values", name, len(y), len(g.Outputs[name]))
			}
			for i, line := range g.Outputs[name] {
				if err := checkGolden64(y[i], line); err != nil {
					t.Errorf("%s: %s(%x): %v", engine, name, x[i], err)
				}
			}
		}
	}
}

// checkGolden64 compares with a line of a value and a bound in ulp, as checkGolden.
func checkGolden64(got float64, line string) error {
	value, boundText, _ := strings.Cut(line, " ")
	bound, err := strconv.ParseFloat(boundText, 64)
	if err != nil {
		return err
	}
	if bound == 0 {
		want, err := strconv.ParseFloat(value, 64)
		if err == nil && !contract.SameBits(got, want) {
			return fmt.Errorf("%x, want %x", got, want)
		}
		return err
	}
	want, _, err := big.ParseFloat(value, 0, 200, big.ToNearestEven)
	if err != nil {
		return err
	}
	if math.IsNaN(got) || math.IsInf(got, 0) {
		return fmt.Errorf("%x, want %s", got, value)
	}
	ulp := new(big.Float).SetMantExp(big.NewFloat(1), max(want.MantExp(nil)-53, -1074))
	distance := new(big.Float).Sub(new(big.Float).SetPrec(200).SetFloat64(got), want)
	if e, _ := distance.Abs(distance.Quo(distance, ulp)).Float64(); e > bound {
		return fmt.Errorf("%x, want %s: error %.3f ulp, bound %g", got, value, e, bound)
	}
	return nil
}

// TestElementwise64Lengths: nothing is written if the lengths differ.
func TestElementwise64Lengths(t *testing.T) {
	for name, f := range functions64 {
		dst := []float64{7, 7}
		reason := caught.Panic(func() { f(Default(), dst, []float64{1}) })
		if want := "kernels: 2 results for 1 arguments"; reason != want || dst[0] != 7 {
			t.Errorf("%s panics with %q, want %q, and leaves %v", name, reason, want, dst)
		}
	}
}

func TestElementwise64Allocations(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties the pools of buffers
	x := make([]float64, 1000)
	for _, isa := range Available() {
		e := newEngine(t, WithMaxISA(isa), WithThreads(1))
		for name, f := range functions64 {
			if n := testing.AllocsPerRun(3, func() { f(e, x, x) }); n != 0 {
				t.Errorf("%v: %s allocates %v times", isa, name, n)
			}
		}
	}
}

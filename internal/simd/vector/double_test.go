package vector

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
)

// functions64 are the functions of float64 by their names.
var functions64 = map[string]Function64{
	"exp": Exp64, "log": Log64, "softplus": Softplus64, "sigmoid": Sigmoid64, "tanh": Tanh64,
}

func contracts64() contract.Table[isa.ISA, float64] {
	type data = *contract.Data[float64]
	table := contract.Table[isa.ISA, float64]{}
	for name, f := range functions64 {
		table[name] = contract.Contract[isa.ISA, float64]{Run: func(i isa.ISA, d data, s contract.Shape) {
			src := d.Slice(s.N)
			Apply64(i, f, d.Slice(s.N), src)
		}, Shapes: contract.Lengths(unroll / 2)}
		table[name+"/in place"] = contract.Contract[isa.ISA, float64]{Run: func(i isa.ISA, d data, s contract.Shape) {
			x := d.Slice(s.N)
			Apply64(i, f, x, x)
		}, Shapes: contract.Lengths(unroll / 2)}
	}
	return table
}

func TestContract64(t *testing.T) {
	if len(functions64) != Functions64 {
		t.Fatalf("%d functions are tested, there are %d", len(functions64), Functions64)
	}
	contracts64().Test(t, contract.ISAs())
}

func TestContractRandom64(t *testing.T) { contracts64().TestRandom(t, contract.ISAs()) }

func FuzzContract64(f *testing.F) { contracts64().Fuzz(f, contract.ISAs()) }

// seams64 are the arguments around which a function takes another way, as in seams: and where
// the result overflows, becomes subnormal or 0. Each is there for every lane of a vector.
func seams64() []float64 {
	var xs []float64
	around := func(x float64) {
		bits := math.Float64bits(x)
		for u := bits - 2; u <= bits+2; u++ {
			for lane := range 2 * 8 {
				xs = append(xs, math.Float64frombits(u^uint64(lane/8)<<63))
			}
		}
	}
	for n := range 1080 {
		around((float64(n) + 0.5) * math.Ln2)
		around((float64(n) + 0.5) * math.Ln2 / 2)
	}
	for k := -1074; k < 1024; k++ {
		around(math.Ldexp(math.Sqrt2, k))
	}
	for _, x := range []float64{f64.TanhSeam, 1, 709.782712893384, 708.3964185322641, 745.1332191019412, 710, 746, 0x1p-1022, 0x1p-1074 * 3} {
		around(x)
	}
	return xs
}

// bands are the exponents of arguments that a test draws from, and how many draws each is worth:
// where most functions are neither 0 nor linear last bits show most.
var bands = []struct{ least, most, share int }{{-1074, 1023, 1}, {-60, 10, 2}, {-8, 9, 4}, {-2, 3, 4}}

// draw is an argument of the band, of either sign, by the bits of u.
func draw(rng *rand.Rand, least, most int) float64 {
	x := math.Ldexp(1+rng.Float64(), least+rng.IntN(most-least+1))
	return math.Float64frombits(math.Float64bits(x) | rng.Uint64()<<63)
}

// TestExhaustive64 compares the functions of every instruction set with their definitions at
// their seams and on arguments drawn at random from bands of exponents.
func TestExhaustive64(t *testing.T) {
	chunks := 100
	switch {
	case exhaustive():
		chunks = 20000
	case testing.Short():
		chunks = 4
	}
	for name, f := range functions64 {
		t.Run(name, func(t *testing.T) {
			compareDefinition64(t, f, seams64())
			var wait sync.WaitGroup
			workers := runtime.GOMAXPROCS(0)
			for w := range workers {
				wait.Go(func() {
					rng := rand.New(rand.NewPCG(64, uint64(w)))
					src := make([]float64, 1<<10)
					for range max(1, chunks/workers) {
						for _, band := range bands {
							for range band.share {
								for j := range src {
									src[j] = draw(rng, band.least, band.most)
								}
								compareDefinition64(t, f, src)
							}
						}
					}
				})
			}
			wait.Wait()
		})
	}
}

// compareDefinition64 is compareDefinition for float64.
func compareDefinition64(t *testing.T, f Function64, src []float64) {
	t.Helper()
	got := make([]float64, len(src))
	want := make([]float64, len(src))
	Apply64(isa.Generic, f, want, src)
	for _, i := range isa.Available() {
		Apply64(i, f, got, src)
		for j, x := range src {
			if !contract.SameBits(got[j], want[j]) {
				t.Errorf("%v: f(%x) = %x, by definition %x", i, x, got[j], want[j])
				return
			}
		}
	}
}

// TestAllocations64 checks that no operand escapes to the heap.
func TestAllocations64(t *testing.T) {
	for _, i := range isa.Available() {
		if n := testing.AllocsPerRun(10, func() {
			var x, y [100]float64
			for f := range Function64(Functions64) {
				Apply64(i, f, y[:], x[:])
			}
		}); n != 0 {
			t.Errorf("%v: %v allocations", i, n)
		}
	}
}

package linalg

import (
	"math"
	"runtime"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

func TestOrthonormalWeights(t *testing.T) {
	e, err := kernels.New(kernels.WithThreads(1))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, shape := range [][2]int{{40, 100}, {100, 40}, {50, 50}, {3, 1}, {1, 3}} {
		in, out := shape[0], shape[1]
		w := kernels.NewPacked(1+in, out)
		Orthonormal(e, w, kernels.Noise{Seed: 3})
		bias, weight := kernels.NewMatrix(1, out), kernels.NewMatrix(in, out)
		w.Unpack(0, bias)
		w.Unpack(1, weight)
		for _, b := range bias.Row(0) {
			if b != 0 {
				t.Fatalf("bias %v, want 0", b)
			}
		}
		// Vectors lie along the longer side.
		at := func(v, i int) float64 { return float64(weight.Row(v)[i]) }
		count, length := in, out
		if in > out {
			at = func(v, i int) float64 { return float64(weight.Row(i)[v]) }
			count, length = out, in
		}
		for a := range count {
			for b := range a + 1 {
				var dot float64
				for i := range length {
					dot += at(a, i) * at(b, i)
				}
				want := 0.0
				if a == b {
					want = 1
				}
				if math.Abs(dot-want) > 2e-6*(1+want) {
					t.Fatalf("%d x %d: vectors %d and %d have product %v, want %v", in, out, a, b, dot, want)
				}
			}
		}
	}
}

// TestOrthonormalTakesLittle: beside the vectors it takes a panel or two, and not one for each panel.
func TestOrthonormalTakesLittle(t *testing.T) {
	e, err := kernels.New(kernels.WithThreads(1))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	const n = 400
	w := kernels.NewPacked(1+n, n)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Orthonormal(e, w, kernels.Noise{Seed: 3})
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 3*4*n*n {
		t.Errorf("%d bytes for %d of weights", took, 4*n*n)
	}
}

//go:build peers

package yardstick

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

var divisions = []Division{ByRows, ByColumns, ByLibrary}

// TestReference compares steps without noise with the reference: latent variables, losses
// and parameters.
func TestReference(t *testing.T) {
	for _, division := range divisions {
		for _, threads := range []int{1, 2, 3} {
			t.Run(fmt.Sprintf("%v/threads=%d", division, threads), func(t *testing.T) {
				c := Config{
					Visible: 37, Hidden: 150, Top: 19, Batch: 7, Iterations: 15,
					Delta: 0.1, Alpha: 0.01, Rate: 1e-3,
					NoNoise: true, Seed: 1, Threads: threads, Division: division,
				}
				trainer, err := NewConfig(c)
				if err != nil {
					t.Fatal(err)
				}
				defer trainer.Close()
				rng := rand.New(rand.NewPCG(1, 1))
				for m := range Map(Maps) {
					_, b := trainer.Map(m)
					for j := range b {
						b[j] = 0.1 * float32(rng.NormFloat64())
					}
				}
				ref := newReference(trainer)
				x := make([]float32, c.Batch*c.Visible)
				for step := range 3 {
					for i := range x {
						x[i] = rng.Float32()
					}
					got, want := trainer.Step(x), ref.step(widen(x))
					h1, h2 := trainer.Latent()
					compare(t, fmt.Sprint("h1 in step ", step), h1, ref.h1, 1e-5)
					compare(t, fmt.Sprint("h2 in step ", step), h2, ref.h2, 1e-5)
					for m := range Map(Maps) {
						if math.Abs(got[m]/want[m]-1) > 1e-4 {
							t.Errorf("step %d, map %d: loss %v, want %v", step, m, got[m], want[m])
						}
						w, b := trainer.Map(m)
						compare(t, fmt.Sprintf("weights of map %d in step %d", m, step), w, ref.w[m], 1e-5)
						compare(t, fmt.Sprintf("biases of map %d in step %d", m, step), b, ref.b[m], 1e-5)
					}
				}
			})
		}
	}
}

func compare(t *testing.T, what string, got []float32, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !(math.Abs(float64(got[i])-want[i]) <= tolerance) {
			t.Fatalf("%s: value %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

func TestOrthonormal(t *testing.T) {
	for _, s := range [][2]int{{5, 9}, {9, 5}} {
		in, out := s[0], s[1]
		w := make([]float32, in*out)
		orthonormal(w, in, out, 1)
		// The shorter of rows and columns are orthonormal.
		at, n, length := func(i, k int) float32 { return w[i*out+k] }, in, out
		if in > out {
			at, n, length = func(i, k int) float32 { return w[k*out+i] }, out, in
		}
		for i := range n {
			for j := range n {
				var dot, want float64
				for k := range length {
					dot += float64(at(i, k)) * float64(at(j, k))
				}
				if i == j {
					want = 1
				}
				if math.Abs(dot-want) > 1e-6 {
					t.Errorf("%dx%d: product of %d and %d is %v", in, out, i, j, dot)
				}
			}
		}
	}
}

func TestMultiplyAdds(t *testing.T) {
	c := Default(1)
	const want = 100 * (784000 + 2*100000 + 15*(2*784000+3*100000) + 2*(2*784000+2*100000))
	if got := c.MultiplyAdds(); got != want {
		t.Errorf("MultiplyAdds = %d, want %d", got, want)
	}
}

func BenchmarkStep(b *testing.B) {
	for _, threads := range []int{1, 2} {
		for _, division := range divisions {
			b.Run(fmt.Sprintf("threads=%d/division=%v", threads, division), func(b *testing.B) {
				c := Default(1)
				c.Threads, c.Division = threads, division
				trainer, err := NewConfig(c)
				if err != nil {
					b.Fatal(err)
				}
				defer trainer.Close()
				x := make([]float32, c.Batch*c.Visible)
				for i := range x {
					x[i] = rand.Float32()
				}
				for b.Loop() {
					trainer.Step(x)
				}
				seconds := b.Elapsed().Seconds() / float64(b.N)
				b.ReportMetric(float64(c.Batch)/seconds, "images/s")
				b.ReportMetric(2e-9*float64(c.MultiplyAdds())/seconds, "GFLOP/s")
				b.ReportMetric(0, "ns/op")
				b.Logf("OpenBLAS kernels: %s", trainer.Core())
			})
		}
	}
}

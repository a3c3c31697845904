package level1

import (
	"fmt"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// BenchmarkLevel1 compares with gonum on one thread: vectors in the first-level cache, in
// the second and in memory.
func BenchmarkLevel1(b *testing.B) {
	best := isa.Best(isa.AVX512)
	for _, name := range []string{"dot", "asum", "nrm2", "iamax", "axpy", "scal", "swap", "rot"} {
		r := routines[float64]()[name]
		for _, n := range []int{4, 16, 100, 1000, 20_000, 4_000_000} {
			p := args[float64]{n: n, x: make([]float64, n), incX: 1, y: make([]float64, n), incY: 1, c: 1, s: 0.5}
			if name == "scal" {
				p.c = -1
			}
			p.x[n/2] = 1
			for impl, f := range map[string]func(){
				"ours":  func() { r.ours(nil, best, &p) },
				"gonum": func() { r.want(&p) },
			} {
				b.Run(fmt.Sprintf("op=%s/type=float64/n=%d/impl=%s", name, n, impl), func(b *testing.B) {
					b.SetBytes(int64(n * view.Size[float64]()))
					for b.Loop() {
						f()
					}
				})
			}
		}
	}
}

package level2

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// BenchmarkLevel2 compares with gonum on one thread: matrices in the first-level cache, in
// the second and in memory.
func BenchmarkLevel2(b *testing.B) {
	best := isa.Best(isa.AVX512)
	for _, name := range []string{"gemv", "gemv trans", "ger", "symv", "syr", "syr2", "trmv", "trmv trans", "trsv", "trsv trans"} {
		for _, n := range []int{4, 16, 64, 200, 1000, 2000} {
			p, run := benchmark(name, n)
			bytes := int64(n * n * view.Size[float64]())
			for impl, f := range map[string]func(){
				"ours":  func() { run.ours(nil, best, &p) },
				"gonum": func() { run.gonum(&p) },
			} {
				b.Run(fmt.Sprintf("op=%s/type=float64/n=%d/impl=%s", name, n, impl), func(b *testing.B) {
					b.SetBytes(bytes)
					for b.Loop() {
						f()
					}
				})
			}
		}
	}
}

// benchmark are the arguments of a benchmark, whose results stay finite.
func benchmark(name string, n int) (args[float64], routine[float64]) {
	trans := false
	if len(name) == len("gemv trans") {
		name, trans = name[:4], true
	}
	r := routines[float64]()[name]
	p := problem(rand.New(rand.NewPCG(1, 1)), r, n, n)
	p.upper, p.trans, p.unit, p.lda, p.incX, p.incY, p.alpha, p.beta = true, trans, true, n, 1, 1, 1, 0
	p.a, p.x, p.y = make([]float64, n*n), make([]float64, n), make([]float64, n)
	for j := range n {
		p.x[j], p.a[j*n+j] = 1, 1
	}
	return p, r
}

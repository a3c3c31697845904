package peers

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestSgemm(t *testing.T) {
	list, _ := All()
	for _, threads := range []int{1, 2} {
		SetThreads(threads)
		for _, p := range list {
			for _, s := range shapes {
				m, n, k := s[0], s[1], s[2]
				if !p.Multiplies(m, n, k, 1) {
					continue
				}
				rng := rand.New(rand.NewPCG(1, 2))
				a, b, c := random(rng, m*k), random(rng, k*n), random(rng, m*n)
				check := func(t *testing.T, product Product, stored []float32) {
					for range 2 { // the first may be a trial of several kernels
						copy(c, random(rng, m*n))
						product.Once(m, n, k, stored, b, c)
						checkProduct(t, m, n, k, a, b, c)
					}
					if product.Loop != nil {
						copy(c, random(rng, m*n))
						product.Loop(3, m, n, k, stored, b, c)
						checkProduct(t, m, n, k, a, b, c)
					}
				}
				name := fmt.Sprintf("%s/threads=%d/%dx%dx%d", p.Name, threads, m, n, k)
				t.Run(name, func(t *testing.T) { check(t, p.Sgemm, a) })
				if p.SgemmTN.Once != nil {
					t.Run(name+"/TN", func(t *testing.T) { check(t, p.SgemmTN, transpose(m, k, a)) })
				}
			}
		}
	}
	SetThreads(1)
}

// TestDgemm is for the peers that have it and no whole BLAS.
func TestDgemm(t *testing.T) {
	list, _ := All()
	for _, p := range list {
		for _, s := range shapes {
			m, n, k := s[0], s[1], s[2]
			if p.Dgemm == nil || !p.Multiplies(m, n, k, 1) {
				continue
			}
			t.Run(fmt.Sprintf("%s/%dx%dx%d", p.Name, m, n, k), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(1, 2))
				a, b := random(rng, m*k), random(rng, k*n)
				double := func(x []float32) []float64 {
					y := make([]float64, len(x))
					for i := range x {
						y[i] = float64(x[i])
					}
					return y
				}
				c := double(random(rng, m*n))
				p.Dgemm(3, m, n, k, double(a), double(b), c)
				rounded := make([]float32, len(c))
				for i := range c {
					rounded[i] = float32(c[i])
				}
				checkProduct(t, m, n, k, a, b, rounded)
			})
		}
	}
}

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

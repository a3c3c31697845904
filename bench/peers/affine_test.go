package peers

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestAffine(t *testing.T) {
	meaning := map[Activation]func(float64) float64{
		Identity: func(z float64) float64 { return z },
		Softplus: softplus,
		Sigmoid:  sigmoid,
	}
	list, _ := All()
	for _, threads := range []int{1, 2} {
		SetThreads(threads)
		for _, p := range list {
			if p.Affine == nil {
				continue
			}
			for act, f := range meaning {
				for _, s := range shapes {
					m, n, k := s[0], s[1], s[2]
					t.Run(fmt.Sprintf("%s/threads=%d/act=%d/%dx%dx%d", p.Name, threads, act, m, n, k), func(t *testing.T) {
						rng := rand.New(rand.NewPCG(3, 4))
						x, w, bias := random(rng, m*k), random(rng, k*n), random(rng, n)
						affine, err := p.Affine(m, n, k, w, bias, act)
						if err != nil {
							t.Fatal(err)
						}
						defer affine.Close()
						y := random(rng, m*n)
						affine.Run(y, x)
						sum, size := product(m, n, k, x, w)
						for i := range y {
							want := f(sum[i] + float64(bias[i%n]))
							tolerance := (float64(k)+3)*0x1p-24*(size[i]+1) + 4e-6
							if !(math.Abs(float64(y[i])-want) <= tolerance) {
								t.Fatalf("%s: y[%d,%d] = %v, want %v within %.2g", affine.Kernel, i/n, i%n, y[i], want, tolerance)
							}
						}
					})
				}
			}
		}
	}
	SetThreads(1)
}

func softplus(z float64) float64 { return math.Max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))) }

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

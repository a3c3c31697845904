package gonumblas_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// TestAlphaZero: with alpha = 0 factors do not count, whatever the sizes; with it, and where gonum's loops would serve.
func TestAlphaZero(t *testing.T) {
	for _, b := range []gonumblas.Implementation{gonumblas.New(kernels.Default()), gonumblas.New(kernels.Default(), gonumblas.SameBits)} {
		for n := 1; n < 20; n++ {
			for _, tB := range []blas.Transpose{blas.NoTrans, blas.Trans} {
				a, c := make([]float64, n*n), make([]float64, n*n)
				u, w := make([]float32, n*n), make([]float32, n*n)
				for i := range a {
					a[i], u[i], c[i], w[i] = math.NaN(), float32(math.NaN()), 4, 4
				}
				b.Dgemm(blas.NoTrans, tB, n, n, n, 0, a, n, a, n, 0.5, c, n)
				b.Sgemm(blas.NoTrans, tB, n, n, n, 0, u, n, u, n, 0.5, w, n)
				for i := range c {
					if c[i] != 2 || w[i] != 2 {
						t.Fatalf("order %d: %v and %v, want 2", n, c[i], w[i])
					}
				}
			}
		}
	}
}

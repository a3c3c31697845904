package peers

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

func random(rng *rand.Rand, n int) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = float32(rng.NormFloat64())
	}
	return s
}

// product returns a b and, for the tolerance, the same with absolute values.
func product(m, n, k int, a, b []float32) (sum, size []float64) {
	sum, size = make([]float64, m*n), make([]float64, m*n)
	for i := range m {
		for l := range k {
			for j := range n {
				p := float64(a[i*k+l]) * float64(b[l*n+j])
				sum[i*n+j] += p
				size[i*n+j] += math.Abs(p)
			}
		}
	}
	return sum, size
}

// checkProduct compares c with the exact product, allowing for float32 sums in any order.
func checkProduct(t *testing.T, m, n, k int, a, b, c []float32) {
	t.Helper()
	sum, size := product(m, n, k, a, b)
	for i, want := range sum {
		tolerance := (float64(k) + 2) * 0x1p-24 * size[i]
		if !(math.Abs(float64(c[i])-want) <= tolerance) {
			t.Fatalf("c[%d,%d] = %v, want %v within %.2g", i/n, i%n, c[i], want, tolerance)
		}
	}
}

// transpose is the transpose of a, m x k.
func transpose(m, k int, a []float32) []float32 {
	t := make([]float32, len(a))
	for i := range m {
		for l := range k {
			t[l*m+i] = a[i*k+l]
		}
	}
	return t
}

func TestMain(m *testing.M) {
	SetThreads(1)
	os.Exit(m.Run())
}

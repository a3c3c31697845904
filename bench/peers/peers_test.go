package peers

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// shapes are m, n, k: single elements, odd sizes, and sizes beyond every block.
var shapes = [][3]int{
	{1, 1, 1}, {1, 7, 5}, {5, 1, 7}, {7, 5, 1}, {8, 8, 8}, {33, 31, 37}, {64, 64, 64},
	{100, 100, 100}, {100, 101, 784}, {130, 517, 300}, {300, 40, 520},
}

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

func softplus(z float64) float64 { return math.Max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))) }
func sigmoid(z float64) float64  { return 1 / (1 + math.Exp(-z)) }

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

func TestElementwise(t *testing.T) {
	functions := []struct {
		name      string
		of        func(Peer) Elementwise
		meaning   func(float64) float64
		low, high float64
		unit      float64 // below this size an error counts as absolute
	}{
		{"exp", func(p Peer) Elementwise { return p.Exp }, math.Exp, -80, 80, 0},
		{"log", func(p Peer) Elementwise { return p.Log }, math.Log, 1e-6, 1e6, 0.01},
		{"tanh", func(p Peer) Elementwise { return p.Tanh }, math.Tanh, -9, 9, 0.01},
		{"sigmoid", func(p Peer) Elementwise { return p.Sigmoid }, sigmoid, -30, 30, 0.01},
		{"softplus", func(p Peer) Elementwise { return p.Softplus }, softplus, -10, 30, 0.1}, // oneDNN: 1e-6 absolute
	}
	list, _ := All()
	for _, p := range list {
		for _, f := range functions {
			apply := f.of(p)
			if apply == nil {
				continue
			}
			t.Run(p.Name+"/"+f.name, func(t *testing.T) {
				for _, n := range []int{0, 1, 15, 16, 17, 1003} {
					src, dst := make([]float32, n), make([]float32, n)
					for i := range src {
						src[i] = float32(f.low + (f.high-f.low)*(float64(i)+0.5)/float64(n))
					}
					apply(dst, src)
					var worst float64
					for i, x := range src {
						want := f.meaning(float64(x))
						worst = max(worst, math.Abs(float64(dst[i])-want)/math.Max(math.Abs(want), f.unit))
					}
					if !(worst < 1e-4) {
						t.Errorf("n=%d: error %.2g", n, worst)
					}
					if n > 1000 {
						t.Logf("error %.2g of the value, or of %v if that is more", worst, f.unit)
					}
				}
			})
		}
	}
}

// TestNoise checks mean and variance.
func TestNoise(t *testing.T) {
	const n = 100000
	list, _ := All()
	for _, p := range list {
		if p.Gaussian != nil {
			dst := make([]float32, n)
			p.Gaussian(dst)
			checkMoments(t, p.Name+" gaussian", dst, 0, 1)
		}
		if p.BernoulliMean != nil {
			dst, probability := make([]float32, n), make([]float32, n)
			for i := range probability {
				probability[i] = 0.3
			}
			p.BernoulliMean(dst, probability, 3)
			checkMoments(t, p.Name+" bernoulli", dst, 0.3, 0.3*0.7/3)
		}
	}
}

func checkMoments(t *testing.T, what string, s []float32, mean, variance float64) {
	t.Helper()
	var sum, squares float64
	for _, x := range s {
		sum += float64(x)
		squares += (float64(x) - mean) * (float64(x) - mean)
	}
	n := float64(len(s))
	if d := sum/n - mean; math.Abs(d) > 5*math.Sqrt(variance/n) {
		t.Errorf("%s: mean off by %.3g", what, d)
	}
	if r := squares / n / variance; math.Abs(r-1) > 0.03 {
		t.Errorf("%s: variance off by a factor %.3g", what, r)
	}
}

// TestMissing fails for a library that the build asked for and that is not installed.
// BLIS alone is optional.
func TestMissing(t *testing.T) {
	list, missing := All()
	for _, p := range list {
		t.Logf("%s: %s", p.Name, p.Detail)
	}
	for _, m := range missing {
		t.Logf("%s: %s", m.Name, m.Reason)
		if cBuild && m.Name == "OpenBLAS" {
			t.Errorf("%s: %s", m.Name, m.Reason)
		}
	}
}

func TestMain(m *testing.M) {
	SetThreads(1)
	os.Exit(m.Run())
}

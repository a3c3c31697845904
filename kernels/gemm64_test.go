package kernels

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestGemm64: each element is the chain that the documentation says, on all engines.
func TestGemm64(t *testing.T) {
	rng := rand.New(rand.NewPCG(64, 0))
	random := func(rows, cols int) Matrix64 {
		m := NewMatrix64(rows, cols)
		for i := range m.Data {
			m.Data[i] = rng.NormFloat64()
		}
		return m
	}
	at := func(trans bool, m Matrix64, i, j int) float64 {
		if trans {
			i, j = j, i
		}
		return m.Row(i)[j]
	}
	all := engines(t)
	for round, s := range [][3]int{{1, 1, 1}, {8, 8, 8}, {3, 70, 5}, {64, 64, 64}, {65, 1, 80}, {90, 70, 20}, {4, 5, 0}} {
		for kind := range 4 {
			transA, transB := kind&1 != 0, kind&2 != 0
			m, n, k := s[0], s[1], s[2]
			alpha, beta := []float64{1, -0.5, 0}[(round+kind)%3], []float64{0, 1, 0.25}[(round+2*kind)%3]
			a, b, c := random(m, k), random(k, n), random(m, n)
			if transA {
				a = random(k, m)
			}
			if transB {
				b = random(n, k)
			}
			if beta == 0 {
				c.Row(m - 1)[n-1] = math.NaN()
			}
			for name, e := range all {
				got := Matrix64{Rows: m, Cols: n, Stride: c.Stride, Data: append([]float64(nil), c.Data...)}
				e.Gemm64(transA, transB, alpha, a, b, beta, got)
				for i := range m {
					for j := range n {
						want := 0.0
						if beta != 0 {
							want = beta * c.Row(i)[j]
						}
						for p := 0; p < k && alpha != 0; p++ {
							want = math.FMA(alpha*at(transA, a, i, p), at(transB, b, p, j), want)
						}
						if x := got.Row(i)[j]; x != want {
							t.Fatalf("%s: %v %v %v, alpha %v, beta %v: (%d, %d) is %v, want %v", name, s, transA, transB, alpha, beta, i, j, x, want)
						}
					}
				}
			}
		}
	}
}

// TestGemm64Checks gives it matrices that do not match or do not hold their elements.
func TestGemm64Checks(t *testing.T) {
	m := NewMatrix64(9, 9)
	for want, f := range map[string]func(){
		"Gemm of 9 x 9 by 8 x 9":                  func() { Default().Gemm64(false, false, 1, m, m.Slice(0, 8), 0, m) },
		"the result of Gemm is 8 x 9, want 9 x 9": func() { Default().Gemm64(false, false, 1, m, m, 0, m.Slice(0, 8)) },
		"the left factor of Gemm has 3 elements": func() {
			Default().Gemm64(true, true, 2, Matrix64{Rows: 9, Cols: 9, Stride: 9, Data: m.Data[:3]}, m, 0, m)
		},
	} {
		if got := caught.Panic(f); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestPlanGemm64 asks for plans without data.
func TestPlanGemm64(t *testing.T) {
	square := Matrix64{Rows: 300, Cols: 300, Stride: 300}
	for _, e := range engines(t) {
		if p := e.PlanGemm64(false, true, 1, square, square, 0, square); !strings.Contains(p.String(), "threads") && e.Threads() > 1 || p.String() == "" || !strings.Contains(p.Slow(), "B is transposed") {
			t.Errorf("plan %q, slow %q", p, p.Slow())
		}
	}
}

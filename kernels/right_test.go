package kernels

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/simd/contract"
)

// TestGemmRight: a packed right factor gives the bits of Gemm, for both types, shapes on both
// sides of the seams of plans and blocks, and by several goroutines at once.
func TestGemmRight(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 4))
	shapes := append(gemmShapes(), shape{M: 3, N: 2100, K: 20}, shape{M: 16, N: 70, K: 2100}, shape{M: 1, N: 300, K: 1100}, shape{M: 40, N: 2070, K: 1040}, shape{M: 100, N: 1, K: 300}, shape{M: 90, N: 4, K: 300}, shape{M: 100, N: 64, K: 64})
	all := engines(t)
	for at, s := range shapes {
		if testing.Short() && (at%4 != 0 || s.M*s.N*s.K > 1<<22) {
			continue
		}
		transA, transB := at%2 == 1, at/2%2 == 1
		alpha, beta := []float32{1, -0.5, 1, 0}[at/4%4], []float32{0, 1, 0.25}[at%3]
		a, b, c := randomMatrix(rng, transA, s.M, s.K), randomMatrix(rng, transB, s.K, s.N), randomMatrix(rng, false, s.M, s.N)
		want, want64 := copied(c), widened(c)
		Default().Gemm(transA, transB, alpha, a, b, beta, want)
		Default().Gemm64(transA, transB, float64(alpha), widened(a), widened(b), float64(beta), want64)
		for name, e := range all {
			right, right64 := e.PackRight(transB, b), e.PackRight64(transB, widened(b))
			if right.Rows != s.K || right.Cols != s.N {
				t.Fatalf("%s, %v: packed as %d x %d", name, s, right.Rows, right.Cols)
			}
			var wait sync.WaitGroup
			for range 2 {
				wait.Go(func() {
					got, got64 := copied(c), widened(c)
					e.GemmRight(transA, alpha, a, right, beta, got)
					e.GemmRight64(transA, float64(alpha), widened(a), right64, float64(beta), got64)
					if !slices.EqualFunc(got.Data, want.Data, contract.SameBits[float32]) || !slices.EqualFunc(got64.Data, want64.Data, contract.SameBits[float64]) {
						t.Errorf("%s: %v, transposed %v %v, alpha %g, beta %g: differs from Gemm", name, s, transA, transB, alpha, beta)
					}
				})
			}
			wait.Wait()
		}
	}
}

// TestGemmRightChecks gives it what it must refuse before anything is written.
func TestGemmRightChecks(t *testing.T) {
	e := newEngine(t, WithThreads(1))
	m := NewMatrix(4, 4)
	c := Matrix{Rows: 4, Cols: 4, Stride: 4, Data: slices.Repeat([]float32{1}, 16)}
	right := e.PackRight(false, m)
	larger := right
	larger.Cols = 5
	foreign := right
	foreign.packed.ISA++
	for want, f := range map[string]func(){
		"the matrix of PackRight has 0 elements":                               func() { e.PackRight(false, Matrix{Rows: power(60), Cols: 4, Stride: 4}) },
		"the matrix of PackRight has -1 rows":                                  func() { e.PackRight64(true, Matrix64{Rows: -1}) },
		"the left factor of GemmRight has 0 elements":                          func() { e.GemmRight(false, 1, Matrix{Rows: 4, Cols: 4, Stride: 4}, right, 0, c) },
		"is not what PackRight returns for 4 x 5":                              func() { e.GemmRight(false, 1, m, larger, 0, c) },
		"is not what PackRight returns for 4 x 4":                              func() { e.GemmRight(false, 1, m, Right{Rows: 4, Cols: 4}, 0, c) },
		fmt.Sprintf("of GemmRight was packed for %v", ISA(foreign.packed.ISA)): func() { e.GemmRight(false, 1, m, foreign, 0, c) },
		"the right factor of GemmRight is 4 x 4, by a left one of 4 x 3":       func() { e.GemmRight(false, 1, m.Columns(0, 3), right, 0, c) },
		"the result of GemmRight is 3 x 4, want 4 x 4":                         func() { e.GemmRight(false, 1, m, right, 0, c.Slice(0, 3)) },
		"the result of GemmRight has 15 elements":                              func() { e.GemmRight(false, 1, m, right, 0, Matrix{Rows: 4, Cols: 4, Stride: 4, Data: c.Data[:15]}) },
	} {
		if got := caught.Panic(f); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if !slices.Equal(c.Data, slices.Repeat([]float32{1}, 16)) {
		t.Error("something was written")
	}
}

func addRight(table contract.Table[*Engine, float32]) {
	for _, transB := range []bool{false, true} {
		table[fmt.Sprintf("GemmRight/transB=%v", transB)] = entry{Run: func(e *Engine, d *data, s shape) {
			a, b := matrix(d, s.M, s.K), [2]int{s.K, s.N}
			if transB {
				b = [2]int{s.N, s.K}
			}
			e.GemmRight(false, 1, a, e.PackRight(transB, matrix(d, b[0], b[1])), 1, matrix(d, s.M, s.N))
		}, Shapes: gemmShapes()}
	}
}
